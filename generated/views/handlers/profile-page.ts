import type { ProfilePageHandler } from "../server/handlers.js";

/** The page of one user. */
export const profilePage: ProfilePageHandler = async ({ user_id, tab }, ctx) => {
  throw ctx.notImplemented({ user_id, tab });
};
