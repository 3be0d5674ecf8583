import type { RegretShelfHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store } from "../server/store.js";

/** Fails after it has renamed, and says itself what is stale. */
export const regretShelf: RegretShelfHandler = async ({ shelf_id, name }, ctx) => {
  ctx.invalidate.shelf({ shelf_id });
  const { version } = seeded(await store.write(groups.heads, shelf_id, name));
  throw ctx.errors.Regretted({ version });
};
