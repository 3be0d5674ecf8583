import type { BrokenFailsHandler } from "../server/handlers.js";

export const brokenFails: BrokenFailsHandler = async ({ how }, ctx) => {
  throw ctx.notImplemented({ how });
};
