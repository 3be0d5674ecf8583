import type { RemoveItemHandler } from "../mizan/server/handlers.js";
import { groups, store, toItem } from "../server/store.js";

/** Answers the item as of its removal, which counts as a write. */
export const removeItem: RemoveItemHandler = async ({ shelf_id, item_id }, ctx) => {
  const row = await store.remove(groups.items(shelf_id), item_id);
  if (row === null) throw ctx.errors.ItemNotFound({ item_id });
  return toItem(row);
};
