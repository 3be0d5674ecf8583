import type { ReplaceOrdersHandler } from "../mizan/server/handlers.js";

export const replaceOrders: ReplaceOrdersHandler = async () => [{ id: 9, title: "all new" }];
