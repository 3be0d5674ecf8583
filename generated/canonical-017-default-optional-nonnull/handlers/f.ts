import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ a, b, c, d, e, g }, ctx) => {
  throw ctx.notImplemented({ a, b, c, d, e, g });
};
