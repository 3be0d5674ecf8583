import type { AwaitHandler } from "../server/handlers.js";

export const await$: AwaitHandler = async ({ input }, ctx) => {
  throw ctx.notImplemented({ input });
};
