import type { SetLabelsHandler } from "../mizan/server/handlers.js";
import { changeTicket } from "../server/store/tickets.js";

export const setLabels: SetLabelsHandler = async ({ ticket_id, labels }, ctx) => {
  const ticket = await changeTicket(ctx.app.db, ticket_id, { labels });
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return ticket;
};
