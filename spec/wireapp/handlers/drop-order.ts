import type { DropOrderHandler } from "../mizan/server/handlers.js";
import { ordersOf } from "../state.js";

export const dropOrder: DropOrderHandler = async ({ user_id, order_id }) => {
  const orders = ordersOf(user_id);
  const at = orders.findIndex(({ id }) => id === order_id);
  const [dropped] = at < 0 ? [] : orders.splice(at, 1);
  if (!dropped) throw new Error(`user ${user_id} has no order ${order_id}`);
  return dropped;
};
