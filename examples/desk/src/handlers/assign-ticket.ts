import type { AssignTicketHandler } from "../mizan/server/handlers.js";
import { findPerson } from "../server/store/people.js";
import { changeTicket } from "../server/store/tickets.js";

/** Hands a ticket to somebody, or back to nobody. */
export const assignTicket: AssignTicketHandler = async ({ ticket_id, assignee_id }, ctx) => {
  const { db } = ctx.app;
  if (assignee_id !== null && (await findPerson(db, assignee_id)) === null) {
    throw ctx.errors.PersonNotFound({ person_id: assignee_id });
  }
  const ticket = await changeTicket(db, ticket_id, { assignee_id });
  if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
  return ticket;
};
