import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ data }, ctx) => {
  throw ctx.notImplemented({ data });
};
