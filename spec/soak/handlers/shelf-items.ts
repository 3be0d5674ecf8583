import type { ShelfItemsHandler } from "../mizan/server/handlers.js";
import { groups, store, toItem } from "../server/store.js";

/** Newest first. */
export const shelfItems: ShelfItemsHandler = async ({ shelf_id, limit }) => {
  const rows = await store.list(groups.items(shelf_id));
  return rows
    .toReversed()
    .slice(0, limit ?? undefined)
    .map(toItem);
};
