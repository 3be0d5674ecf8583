import type { TouchThreeUnsortedHandler } from "../server/handlers.js";

export const touchThreeUnsorted: TouchThreeUnsortedHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
