import type { UserNotesHandler } from "../mizan/server/handlers.js";

export const userNotes: UserNotesHandler = async ({ user_id }) => [{ text: `note ${user_id}` }];
