import type { HalfPrivateHiddenHandler } from "../server/handlers.js";

export const halfPrivateHidden: HalfPrivateHiddenHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
