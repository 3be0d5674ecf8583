import type { ClassHandler } from "../server/handlers.js";

export const class$: ClassHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
