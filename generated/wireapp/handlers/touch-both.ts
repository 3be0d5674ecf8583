import type { TouchBothHandler } from "../server/handlers.js";

export const touchBoth: TouchBothHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
