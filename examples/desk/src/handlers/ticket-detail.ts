import type { TicketDetailHandler } from "../mizan/server/handlers.js";
import { findTicket } from "../server/store/tickets.js";

export const ticketDetail: TicketDetailHandler = async ({ ticket_id }, ctx) => {
  const ticket = await findTicket(ctx.app.db, ticket_id);
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return ticket;
};
