import type { RenameUserHandler } from "../server/handlers.js";

export const renameUser: RenameUserHandler = async ({ user_id, name }, ctx) => {
  throw ctx.notImplemented({ user_id, name });
};
