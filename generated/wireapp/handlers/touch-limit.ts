import type { TouchLimitHandler } from "../server/handlers.js";

export const touchLimit: TouchLimitHandler = async ({ user_id, limit }, ctx) => {
  throw ctx.notImplemented({ user_id, limit });
};
