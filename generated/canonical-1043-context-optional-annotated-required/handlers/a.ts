import type { AHandler } from "../server/handlers.js";

export const a: AHandler = async ({ p, q, r, s, t, u, v, w }, ctx) => {
  throw ctx.notImplemented({ p, q, r, s, t, u, v, w });
};
