import type { PlaceOrderHandler } from "../server/handlers.js";

export const placeOrder: PlaceOrderHandler = async ({ user_id, sku }, ctx) => {
  throw ctx.notImplemented({ user_id, sku });
};
