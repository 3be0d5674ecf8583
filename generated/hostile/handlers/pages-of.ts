import type { PagesOfHandler } from "../server/handlers.js";

export const pagesOf: PagesOfHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
