import type { PairReaderHandler } from "../server/handlers.js";

export const pairReader: PairReaderHandler = async ({ b, a }, ctx) => {
  throw ctx.notImplemented({ b, a });
};
