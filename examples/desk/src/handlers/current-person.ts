import type { CurrentPersonHandler } from "../mizan/server/handlers.js";
import { findPerson } from "../server/store/people.js";

/** Who is signed in, or null for a guest. */
export const currentPerson: CurrentPersonHandler = (_input, ctx) =>
  ctx.user === null ? null : findPerson(ctx.app.db, ctx.user.id);
