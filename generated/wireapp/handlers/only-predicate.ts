import type { OnlyPredicateHandler } from "../server/handlers.js";

export const onlyPredicate: OnlyPredicateHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
