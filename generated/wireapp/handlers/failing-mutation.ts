import type { FailingMutationHandler } from "../server/handlers.js";

export const failingMutation: FailingMutationHandler = async ({ user_id }, ctx) => {
  throw ctx.notImplemented({ user_id });
};
