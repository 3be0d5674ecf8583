import type { DeleteTicketHandler } from "../mizan/server/handlers.js";
import { deleteTicket as remove } from "../server/store/tickets.js";

/** Removes a ticket and its conversation. */
export const deleteTicket: DeleteTicketHandler = async ({ ticket_id }, ctx) => {
  if (!(await remove(ctx.app.db, ticket_id))) throw ctx.errors.TicketNotFound({ ticket_id });
};
