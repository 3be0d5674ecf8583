import type { FieldHandler } from "../server/handlers.js";

export const field: FieldHandler = async ({ ref }, ctx) => {
  throw ctx.notImplemented({ ref });
};
