import type { ByPageReaderHandler } from "../server/handlers.js";

export const byPageReader: ByPageReaderHandler = async ({ page }, ctx) => {
  throw ctx.notImplemented({ page });
};
