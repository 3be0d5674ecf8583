import type { FailHandler } from "../server/handlers.js";

export const fail: FailHandler = async ({ how }, ctx) => {
  throw ctx.notImplemented({ how });
};
