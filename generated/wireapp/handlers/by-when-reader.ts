import type { ByWhenReaderHandler } from "../server/handlers.js";

export const byWhenReader: ByWhenReaderHandler = async ({ when }, ctx) => {
  throw ctx.notImplemented({ when });
};
