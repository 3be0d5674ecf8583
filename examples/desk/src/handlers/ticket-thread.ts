import type { TicketThreadHandler } from "../mizan/server/handlers.js";
import { findTicket, listMessages } from "../server/store/tickets.js";

/** The conversation, oldest message first. */
export const ticketThread: TicketThreadHandler = async ({ ticket_id }, ctx) => {
  const { db } = ctx.app;
  if ((await findTicket(db, ticket_id)) === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return listMessages(db, ticket_id);
};
