import type { MergeTwoContextsHandler } from "../server/handlers.js";

export const mergeTwoContexts: MergeTwoContextsHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
