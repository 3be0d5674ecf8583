import type { BetweenHandler } from "../server/handlers.js";

export const between: BetweenHandler = async ({ window }, ctx) => {
  throw ctx.notImplemented({ window });
};
