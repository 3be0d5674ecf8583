import type { SwapNamesHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store, toHead } from "../server/store.js";

/** Two shelves change names. The contract says that the first is stale, the handler names the other. */
export const swapNames: SwapNamesHandler = async ({ shelf_id, other_id }, ctx) => {
  const [one = null, other = null] = await store.swap(groups.heads, shelf_id, other_id);
  ctx.invalidate.shelf({ shelf_id: other_id });
  return { one: toHead(seeded(one)), other: toHead(seeded(other)) };
};
