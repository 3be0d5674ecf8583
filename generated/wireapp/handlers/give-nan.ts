import type { GiveNanHandler } from "../server/handlers.js";

export const giveNan: GiveNanHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
