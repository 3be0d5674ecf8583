import type { ByPriceReaderHandler } from "../server/handlers.js";

export const byPriceReader: ByPriceReaderHandler = async ({ price }, ctx) => {
  throw ctx.notImplemented({ price });
};
