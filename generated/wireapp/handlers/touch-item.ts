import type { TouchItemHandler } from "../server/handlers.js";

export const touchItem: TouchItemHandler = async ({ item_id }, ctx) => {
  throw ctx.notImplemented({ item_id });
};
