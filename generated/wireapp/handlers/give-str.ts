import type { GiveStrHandler } from "../server/handlers.js";

export const giveStr: GiveStrHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
