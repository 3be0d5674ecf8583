import type { UserOrdersHandler } from "../server/handlers.js";

export const userOrders: UserOrdersHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
