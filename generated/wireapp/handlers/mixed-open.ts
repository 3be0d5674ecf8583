import type { MixedOpenHandler } from "../server/handlers.js";

export const mixedOpen: MixedOpenHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
