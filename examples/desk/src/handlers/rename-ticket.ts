import type { RenameTicketHandler } from "../mizan/server/handlers.js";
import { changeTicket } from "../server/store/tickets.js";

export const renameTicket: RenameTicketHandler = async ({ ticket_id, subject }, ctx) => {
  const ticket = await changeTicket(ctx.app.db, ticket_id, { subject });
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return ticket;
};
