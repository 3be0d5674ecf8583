import type { F3Handler } from "../server/handlers.js";

export const f3: F3Handler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
