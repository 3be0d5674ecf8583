import type { UncachedAHandler } from "../server/handlers.js";

export const uncachedA: UncachedAHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
