import type { Cached60BHandler } from "../server/handlers.js";

export const cached60B: Cached60BHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
