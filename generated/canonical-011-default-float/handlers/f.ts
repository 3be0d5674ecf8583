import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ a, b, c, d, e, g, h, i, j, k, l, m }, ctx) => {
  throw ctx.notImplemented({ a, b, c, d, e, g, h, i, j, k, l, m });
};
