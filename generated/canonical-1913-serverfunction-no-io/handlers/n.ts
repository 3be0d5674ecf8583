import type { NHandler } from "../server/handlers.js";

export const n: NHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
