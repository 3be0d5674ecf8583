import type { GiveEmptyListHandler } from "../server/handlers.js";

export const giveEmptyList: GiveEmptyListHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
