import type { UserProfileHandler } from "../server/handlers.js";

export const userProfile: UserProfileHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
