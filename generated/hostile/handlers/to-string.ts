import type { ToStringHandler } from "../server/handlers.js";

export const toString: ToStringHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
