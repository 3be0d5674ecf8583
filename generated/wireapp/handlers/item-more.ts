import type { ItemMoreHandler } from "../server/handlers.js";

export const itemMore: ItemMoreHandler = async ({ item_id, lang }, ctx) => {
  throw ctx.notImplemented({ item_id, lang });
};
