import type { TouchSearchHandler } from "../server/handlers.js";

export const touchSearch: TouchSearchHandler = async ({ q, page, flag }, ctx) => {
  throw ctx.notImplemented({ q, page, flag });
};
