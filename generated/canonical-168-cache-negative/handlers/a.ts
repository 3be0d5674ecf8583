import type { AHandler } from "../server/handlers.js";

export const a: AHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
