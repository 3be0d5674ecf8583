import type { AHandler } from "../server/handlers.js";

export const a: AHandler = async ({ id }, ctx) => {
  throw ctx.notImplemented({ id });
};
