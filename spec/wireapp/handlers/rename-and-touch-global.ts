import type { RenameAndTouchGlobalHandler } from "../mizan/server/handlers.js";
import { state } from "../state.js";

export const renameAndTouchGlobal: RenameAndTouchGlobalHandler = async ({ user_id, name }) => {
  state.users.set(user_id, name);
  return { user_id, name };
};
