import type { UserOrdersHandler } from "../mizan/server/handlers.js";
import { state } from "../state.js";

export const userOrders: UserOrdersHandler = async ({ user_id, limit }) =>
  (state.orders.get(user_id) ?? []).slice(0, limit ?? undefined);
