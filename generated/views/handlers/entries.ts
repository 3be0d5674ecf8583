import type { EntriesHandler } from "../server/handlers.js";

export const entries: EntriesHandler = async ({ page }, ctx) => {
  throw ctx.notImplemented({ page });
};
