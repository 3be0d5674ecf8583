import type { ImportHandler } from "../server/handlers.js";

export const import$: ImportHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
