import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ a, b }, ctx) => {
  throw ctx.notImplemented({ a, b });
};
