import type { MixedGuardedHandler } from "../server/handlers.js";

export const mixedGuarded: MixedGuardedHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
