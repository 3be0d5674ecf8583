import type { AHandler } from "../server/handlers.js";

export const a: AHandler = async ({ f, g }, ctx) => {
  throw ctx.notImplemented({ f, g });
};
