import type { ReplaceOrdersHandler } from "../server/handlers.js";

export const replaceOrders: ReplaceOrdersHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
