import type { TakeTicketHandler } from "../mizan/server/handlers.js";
import { findPerson } from "../server/store/people.js";
import { findTicket, takeTicket as take } from "../server/store/tickets.js";

/** Takes a ticket, unless a colleague already has it. */
export const takeTicket: TakeTicketHandler = async ({ ticket_id }, ctx) => {
  const { db } = ctx.app;
  const taken = await take(db, ticket_id, ctx.user.id);
  const ticket = await findTicket(db, ticket_id);
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  if (!taken && ticket.assignee_id !== null) {
    const { assignee_id } = ticket;
    const holder = await findPerson(db, assignee_id);
    // The page of whoever was late shows this ticket as free: a failed call may say what is stale, too.
    ctx.invalidate.ticket({ ticket_id });
    throw ctx.errors.AlreadyTaken({ assignee_id, name: holder?.name ?? "somebody" });
  }
  return ticket;
};
