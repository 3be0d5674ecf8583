import type { UpdHandler } from "../server/handlers.js";

export const upd: UpdHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
