import type { PutOrderFirstHandler } from "../server/handlers.js";

export const putOrderFirst: PutOrderFirstHandler = async ({ user_id, title }, ctx) => {
  throw ctx.notImplemented({ user_id, title });
};
