import type { DropOrderHandler } from "../server/handlers.js";

export const dropOrder: DropOrderHandler = async ({ user_id, order_id }, ctx) => {
  throw ctx.notImplemented({ user_id, order_id });
};
