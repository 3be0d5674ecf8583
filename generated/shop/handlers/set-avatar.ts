import type { SetAvatarHandler } from "../server/handlers.js";

export const setAvatar: SetAvatarHandler = async ({ user_id, avatar }, ctx) => {
  throw ctx.notImplemented({ user_id, avatar });
};
