import type { AvatarFormHandler } from "../server/handlers.js";

export const avatarForm: AvatarFormHandler = async ({ user_id, avatar, more }, ctx) => {
  throw ctx.notImplemented({ user_id, avatar, more });
};
