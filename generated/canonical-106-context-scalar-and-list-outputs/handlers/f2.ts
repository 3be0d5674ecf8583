import type { F2Handler } from "../server/handlers.js";

export const f2: F2Handler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
