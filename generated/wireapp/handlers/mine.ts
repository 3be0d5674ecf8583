import type { MineHandler } from "../server/handlers.js";

export const mine: MineHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
