import type { Cached60AHandler } from "../server/handlers.js";

export const cached60A: Cached60AHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
