import type { OrdersArchiveHandler } from "../../server/handlers.js";

export const ordersArchive: OrdersArchiveHandler = async ({ before }, ctx) => {
  throw ctx.notImplemented({ before });
};
