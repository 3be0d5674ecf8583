import type { ProfileFormHandler } from "../server/handlers.js";

export const profileForm: ProfileFormHandler = async ({ user_id, name }, ctx) => {
  throw ctx.notImplemented({ user_id, name });
};
