import type { ByRatioReaderHandler } from "../server/handlers.js";

export const byRatioReader: ByRatioReaderHandler = async ({ ratio }, ctx) => {
  throw ctx.notImplemented({ ratio });
};
