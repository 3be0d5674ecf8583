import type { RenameShelfHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store, toHead } from "../server/store.js";

export const renameShelf: RenameShelfHandler = async ({ shelf_id, name }) =>
  toHead(seeded(await store.write(groups.heads, shelf_id, name)));
