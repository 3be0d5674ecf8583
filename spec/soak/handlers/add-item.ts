import type { AddItemHandler } from "../mizan/server/handlers.js";
import { groups, store, toItem } from "../server/store.js";

export const addItem: AddItemHandler = async ({ shelf_id, title }) =>
  toItem(await store.create(groups.items(shelf_id), title));
