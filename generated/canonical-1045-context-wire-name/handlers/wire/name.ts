import type { WireNameHandler } from "../../server/handlers.js";

export const wireName: WireNameHandler = async ({ p }, ctx) => {
  throw ctx.notImplemented({ p });
};
