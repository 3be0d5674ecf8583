import type { F1Handler } from "../server/handlers.js";

export const f1: F1Handler = async ({ a, b, c, d }, ctx) => {
  throw ctx.notImplemented({ a, b, c, d });
};
