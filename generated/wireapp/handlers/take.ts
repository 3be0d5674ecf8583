import type { TakeHandler } from "../server/handlers.js";

export const take: TakeHandler = async (
  { s, i, f, b, color, when, day, price, uid, raw, inner, ids, scores },
  ctx,
) => {
  throw ctx.notImplemented({ s, i, f, b, color, when, day, price, uid, raw, inner, ids, scores });
};
