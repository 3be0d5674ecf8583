import type { AHandler } from "../server/handlers.js";

export const a: AHandler = async ({ x }, ctx) => {
  throw ctx.notImplemented({ x });
};
