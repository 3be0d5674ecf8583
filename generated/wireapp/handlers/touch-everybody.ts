import type { TouchEverybodyHandler } from "../server/handlers.js";

export const touchEverybody: TouchEverybodyHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
