import type { TypeofHandler } from "../server/handlers.js";

export const typeof$: TypeofHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
