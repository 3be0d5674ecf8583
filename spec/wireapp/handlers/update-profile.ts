import type { UpdateProfileHandler } from "../mizan/server/handlers.js";
import { state } from "../state.js";

export const updateProfile: UpdateProfileHandler = async ({ user_id, name }) => {
  state.users.set(user_id, name);
  return { ok: true };
};
