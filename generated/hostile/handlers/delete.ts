import type { DeleteHandler } from "../server/handlers.js";

export const delete$: DeleteHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
