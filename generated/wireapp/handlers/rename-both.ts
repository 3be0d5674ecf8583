import type { RenameBothHandler } from "../server/handlers.js";

export const renameBoth: RenameBothHandler = async ({ user_id, name }, ctx) => {
  throw ctx.notImplemented({ user_id, name });
};
