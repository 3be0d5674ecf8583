import type { OpenTicketHandler } from "../mizan/server/handlers.js";
import { findCustomer } from "../server/store/customers.js";
import { addMessage, addTicket, findTicket } from "../server/store/tickets.js";

/** Opens a ticket with the customer's words as its first message. */
export const openTicket: OpenTicketHandler = (input, ctx) =>
  ctx.app.db.transaction(async (db) => {
    const { customer_id, body } = input;
    if ((await findCustomer(db, customer_id)) === null) {
      throw ctx.errors.CustomerNotFound({ customer_id });
    }
    const ticket_id = await addTicket(db, input);
    await addMessage(db, { ticket_id, author_id: null, body, internal: false });
    const ticket = await findTicket(db, ticket_id);
    if (ticket === null) throw new Error(`the new ticket ${ticket_id} cannot be read`);
    return ticket;
  });
