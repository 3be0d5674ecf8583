import type { HalfPrivateOpenHandler } from "../server/handlers.js";

export const halfPrivateOpen: HalfPrivateOpenHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
