import type { SetStatusHandler } from "../mizan/server/handlers.js";
import { changeTicket } from "../server/store/tickets.js";

export const setStatus: SetStatusHandler = async ({ ticket_id, status }, ctx) => {
  const ticket = await changeTicket(ctx.app.db, ticket_id, { status });
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return ticket;
};
