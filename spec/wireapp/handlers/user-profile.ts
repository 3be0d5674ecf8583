import type { UserProfileHandler } from "../mizan/server/handlers.js";
import { state } from "../state.js";

export const userProfile: UserProfileHandler = async ({ user_id }) => ({
  user_id,
  name: state.users.get(user_id) ?? "nobody",
});
