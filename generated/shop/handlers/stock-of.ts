import type { StockOfHandler } from "../server/handlers.js";

export const stockOf: StockOfHandler = async ({ sku }, ctx) => {
  throw ctx.notImplemented({ sku });
};
