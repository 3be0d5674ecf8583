import type { UserNotesHandler } from "../server/handlers.js";

export const userNotes: UserNotesHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
