import type { PingHandler } from "../server/handlers.js";

export const ping: PingHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
