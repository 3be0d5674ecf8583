import type { AllUsersHandler } from "../server/handlers.js";

export const allUsers: AllUsersHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
