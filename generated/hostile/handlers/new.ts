import type { NewHandler } from "../server/handlers.js";

export const new$: NewHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
