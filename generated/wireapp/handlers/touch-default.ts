import type { TouchDefaultHandler } from "../server/handlers.js";

export const touchDefault: TouchDefaultHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
