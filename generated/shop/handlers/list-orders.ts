import type { ListOrdersHandler } from "../server/handlers.js";

export const listOrders: ListOrdersHandler = async ({ page, per_page }, ctx) => {
  throw ctx.notImplemented({ page, per_page });
};
