import type { FClassHandler } from "../server/handlers.js";

export const fClass: FClassHandler = async ({ a }, ctx) => {
  throw ctx.notImplemented({ a });
};
