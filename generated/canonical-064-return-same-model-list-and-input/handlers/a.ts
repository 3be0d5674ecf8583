import type { AHandler } from "../server/handlers.js";

export const a: AHandler = async ({ m }, ctx) => {
  throw ctx.notImplemented({ m });
};
