import type { BrokenOkHandler } from "../server/handlers.js";

export const brokenOk: BrokenOkHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
