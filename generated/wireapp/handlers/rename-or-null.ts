import type { RenameOrNullHandler } from "../server/handlers.js";

export const renameOrNull: RenameOrNullHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
