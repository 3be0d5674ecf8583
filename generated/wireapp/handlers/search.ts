import type { SearchHandler } from "../server/handlers.js";

export const search: SearchHandler = async (
  { q, page, ratio, flag, tags, ids, color, level, when, day, price, uid, extra },
  ctx,
) => {
  throw ctx.notImplemented({
    q,
    page,
    ratio,
    flag,
    tags,
    ids,
    color,
    level,
    when,
    day,
    price,
    uid,
    extra,
  });
};
