import type { ByFlagReaderHandler } from "../server/handlers.js";

export const byFlagReader: ByFlagReaderHandler = async ({ flag }, ctx) => {
  throw ctx.notImplemented({ flag });
};
