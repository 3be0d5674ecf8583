import type { TeamHandler } from "../mizan/server/handlers.js";
import { listPeople } from "../server/store/people.js";

/** Everybody at the desk. */
export const team: TeamHandler = (_input, ctx) => listPeople(ctx.app.db);
