import type { AddOrderHandler } from "../server/handlers.js";

export const addOrder: AddOrderHandler = async ({ user_id, title }, ctx) => {
  throw ctx.notImplemented({ user_id, title });
};
