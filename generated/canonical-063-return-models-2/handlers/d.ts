import type { DHandler } from "../server/handlers.js";

export const d: DHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
