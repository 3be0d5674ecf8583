import type { ConstHandler } from "../server/handlers.js";

/** *\/ ends `here` ${x} */
export const const$: ConstHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
