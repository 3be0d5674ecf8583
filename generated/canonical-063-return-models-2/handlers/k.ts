import type { KHandler } from "../server/handlers.js";

export const k: KHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
