import type { GiveBytesHandler } from "../server/handlers.js";

export const giveBytes: GiveBytesHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
