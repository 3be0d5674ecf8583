import type { RenameAndTouchGlobalHandler } from "../server/handlers.js";

export const renameAndTouchGlobal: RenameAndTouchGlobalHandler = async ({ user_id, name }, ctx) => {
  throw ctx.notImplemented({ user_id, name });
};
