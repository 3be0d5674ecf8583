import type { CancelOrderHandler } from "../server/handlers.js";

export const cancelOrder: CancelOrderHandler = async ({ user_id, order_id }, ctx) => {
  throw ctx.notImplemented({ user_id, order_id });
};
