import type { InboxTicketsHandler } from "../mizan/server/handlers.js";
import { listTickets } from "../server/store/tickets.js";

export const inboxTickets: InboxTicketsHandler = (filter, ctx) => listTickets(ctx.app.db, filter);
