import type { GatedHandler } from "../server/handlers.js";

export const gated: GatedHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
