import type { FollowHandler } from "../mizan/server/handlers.js";

export const follow: FollowHandler = async () => ({ ok: true });
