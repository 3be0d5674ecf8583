import type { AddOrderHandler } from "../mizan/server/handlers.js";
import { appendOrder } from "../state.js";

export const addOrder: AddOrderHandler = async ({ user_id, title }) => appendOrder(user_id, title);
