import type { SearchOrdersHandler } from "../server/handlers.js";

export const searchOrders: SearchOrdersHandler = async (
  { q, since, page, ref, weight, tags },
  ctx,
) => {
  throw ctx.notImplemented({ q, since, page, ref, weight, tags });
};
