import type { SetPriorityHandler } from "../mizan/server/handlers.js";
import { changeTicket } from "../server/store/tickets.js";

export const setPriority: SetPriorityHandler = async ({ ticket_id, priority }, ctx) => {
  const ticket = await changeTicket(ctx.app.db, ticket_id, { priority });
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return ticket;
};
