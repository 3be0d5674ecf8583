import type { HHandler } from "../server/handlers.js";

export const h: HHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
