import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ args, kw }, ctx) => {
  throw ctx.notImplemented({ args, kw });
};
