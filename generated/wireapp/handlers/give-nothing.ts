import type { GiveNothingHandler } from "../server/handlers.js";

export const giveNothing: GiveNothingHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
