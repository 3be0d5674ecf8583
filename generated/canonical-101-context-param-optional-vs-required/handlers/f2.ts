import type { F2Handler } from "../server/handlers.js";

export const f2: F2Handler = async ({ a, b, c, d }, ctx) => {
  throw ctx.notImplemented({ a, b, c, d });
};
