import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ a }, ctx) => {
  throw ctx.notImplemented({ a });
};
