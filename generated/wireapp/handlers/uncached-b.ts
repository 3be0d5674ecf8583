import type { UncachedBHandler } from "../server/handlers.js";

export const uncachedB: UncachedBHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
