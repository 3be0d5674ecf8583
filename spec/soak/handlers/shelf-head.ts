import type { ShelfHeadHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store, toHead } from "../server/store.js";

export const shelfHead: ShelfHeadHandler = async ({ shelf_id }) =>
  toHead(seeded(await store.find(groups.heads, shelf_id)));
