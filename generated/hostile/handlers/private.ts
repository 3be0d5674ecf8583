import type { PrivateHandler } from "../server/handlers.js";

export const private$: PrivateHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
