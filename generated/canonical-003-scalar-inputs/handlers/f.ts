import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ i, n, b, s }, ctx) => {
  throw ctx.notImplemented({ i, n, b, s });
};
