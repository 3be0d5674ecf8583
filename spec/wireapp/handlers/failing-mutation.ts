import type { FailingMutationHandler } from "../mizan/server/handlers.js";

export const failingMutation: FailingMutationHandler = async (_input, ctx) => {
  throw ctx.errors.NothingHappened();
};
