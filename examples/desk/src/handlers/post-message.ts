import type { PostMessageHandler } from "../mizan/server/handlers.js";
import { addMessage, changeTicket, findTicket } from "../server/store/tickets.js";

/** Adds a message; a reply to the customer moves the ticket to `waiting`. */
export const postMessage: PostMessageHandler = (input, ctx) =>
  ctx.app.db.transaction(async (db) => {
    const { ticket_id, body, internal } = input;
    const ticket = await findTicket(db, ticket_id);
    if (ticket === null) throw ctx.errors.TicketNotFound({ ticket_id });
    const message = await addMessage(db, { ticket_id, author_id: ctx.user.id, body, internal });
    if (internal || ticket.status === "waiting") return message;

    const moved = await changeTicket(db, ticket_id, { status: "waiting" });
    if (moved !== null) {
      // Beyond what the contract declares, because it happens only sometimes: the ticket's own page gets
      // the new value, everything that counts or lists tickets is read again.
      ctx.merge.ticket.ticket_detail(moved, { ticket_id });
      ctx.invalidate.inbox();
      ctx.invalidate.customer({ customer_id: moved.customer_id });
      ctx.invalidate.global();
    }
    return message;
  });
