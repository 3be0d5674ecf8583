import type { DeskCountsHandler } from "../mizan/server/handlers.js";
import { countTickets } from "../server/store/people.js";

export const deskCounts: DeskCountsHandler = (_input, ctx) => countTickets(ctx.app.db);
