import type { F1Handler } from "../server/handlers.js";

export const f1: F1Handler = async (
  { i, n, b, s, oi, li, lit, u, e, d, m, dd, ou, ln, s2 },
  ctx,
) => {
  throw ctx.notImplemented({ i, n, b, s, oi, li, lit, u, e, d, m, dd, ou, ln, s2 });
};
