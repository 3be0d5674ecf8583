import type { CustomerProfileHandler } from "../mizan/server/handlers.js";
import { findCustomer } from "../server/store/customers.js";

export const customerProfile: CustomerProfileHandler = async ({ customer_id }, ctx) => {
  const customer = await findCustomer(ctx.app.db, customer_id);
  if (customer === null) throw ctx.errors.CustomerNotFound({ customer_id });
  return customer;
};
