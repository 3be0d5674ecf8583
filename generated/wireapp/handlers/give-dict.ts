import type { GiveDictHandler } from "../server/handlers.js";

export const giveDict: GiveDictHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
