import type { OrderCountHandler } from "../server/handlers.js";

export const orderCount: OrderCountHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
