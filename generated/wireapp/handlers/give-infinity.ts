import type { GiveInfinityHandler } from "../server/handlers.js";

export const giveInfinity: GiveInfinityHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
