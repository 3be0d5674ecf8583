import type { GiveBytesNotUtf8Handler } from "../server/handlers.js";

export const giveBytesNotUtf8: GiveBytesNotUtf8Handler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
