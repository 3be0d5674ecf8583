import type { RenameItemHandler } from "../mizan/server/handlers.js";
import { groups, store, toItem } from "../server/store.js";

export const renameItem: RenameItemHandler = async ({ shelf_id, item_id, title }, ctx) => {
  const row = await store.write(groups.items(shelf_id), item_id, title);
  if (row === null) throw ctx.errors.ItemNotFound({ item_id });
  return toItem(row);
};
