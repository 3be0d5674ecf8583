import type { GHandler } from "../server/handlers.js";

export const g: GHandler = async ({ n }, ctx) => {
  throw ctx.notImplemented({ n });
};
