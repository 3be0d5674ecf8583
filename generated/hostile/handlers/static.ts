import type { StaticHandler } from "../server/handlers.js";

export const static$: StaticHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
