import type { ByColorReaderHandler } from "../server/handlers.js";

export const byColorReader: ByColorReaderHandler = async ({ color }, ctx) => {
  throw ctx.notImplemented({ color });
};
