import type { UpdateCustomerHandler } from "../mizan/server/handlers.js";
import { changeCustomer } from "../server/store/customers.js";
import { listTicketsOfCustomer } from "../server/store/tickets.js";

/** Changes a customer. */
export const updateCustomer: UpdateCustomerHandler = async (input, ctx) => {
  const { db } = ctx.app;
  const { customer_id, ...change } = input;
  const customer = await changeCustomer(db, customer_id, change);
  if (customer === null) throw ctx.errors.CustomerNotFound({ customer_id });
  // The contract cannot know which tickets carry this name: say it here, ticket by ticket.
  for (const { id } of await listTicketsOfCustomer(db, customer_id)) {
    ctx.invalidate.ticket({ ticket_id: id });
  }
  return customer;
};
