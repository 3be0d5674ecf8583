import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ p }, ctx) => {
  throw ctx.notImplemented({ p });
};
