import type { ProfHandler } from "../server/handlers.js";

export const prof: ProfHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
