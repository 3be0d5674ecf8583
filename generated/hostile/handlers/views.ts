import type { ViewsHandler } from "../server/handlers.js";

export const views: ViewsHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
