import type { CustomerTicketsHandler } from "../mizan/server/handlers.js";
import { findCustomer } from "../server/store/customers.js";
import { listTicketsOfCustomer } from "../server/store/tickets.js";

/** All tickets of this customer, newest first. */
export const customerTickets: CustomerTicketsHandler = async ({ customer_id }, ctx) => {
  const { db } = ctx.app;
  if ((await findCustomer(db, customer_id)) === null) {
    throw ctx.errors.CustomerNotFound({ customer_id });
  }
  return listTicketsOfCustomer(db, customer_id);
};
