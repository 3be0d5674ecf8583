import type { ItemHandler } from "../server/handlers.js";

export const item: ItemHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
