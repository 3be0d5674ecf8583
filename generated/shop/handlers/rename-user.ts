import type { RenameUserHandler } from "../server/handlers.js";

/**
 * Renames a customer.
 *
 * The name is trimmed.
 */
export const renameUser: RenameUserHandler = async ({ user_id, name }, ctx) => {
  throw ctx.notImplemented({ user_id, name });
};
