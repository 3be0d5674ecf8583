import type { CallHandler } from "../server/handlers.js";

export const call: CallHandler = async ({ a }, ctx) => {
  throw ctx.notImplemented({ a });
};
