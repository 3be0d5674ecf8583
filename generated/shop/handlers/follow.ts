import type { FollowHandler } from "../server/handlers.js";

export const follow: FollowHandler = async ({ user_id, target_id }, ctx) => {
  throw ctx.notImplemented({ user_id, target_id });
};
