import type { CustomersHandler } from "../mizan/server/handlers.js";
import { listCustomers } from "../server/store/customers.js";

export const customers: CustomersHandler = (_input, ctx) => listCustomers(ctx.app.db);
