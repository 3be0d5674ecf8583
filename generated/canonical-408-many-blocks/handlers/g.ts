import type { GHandler } from "../server/handlers.js";

export const g: GHandler = async ({ m }, ctx) => {
  throw ctx.notImplemented({ m });
};
