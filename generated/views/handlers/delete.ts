import type { DeleteHandler } from "../server/handlers.js";

export const delete$: DeleteHandler = async ({ key }, ctx) => {
  throw ctx.notImplemented({ key });
};
