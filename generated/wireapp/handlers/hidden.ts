import type { HiddenHandler } from "../server/handlers.js";

export const hidden: HiddenHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
