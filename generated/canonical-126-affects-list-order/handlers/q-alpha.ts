import type { QAlphaHandler } from "../server/handlers.js";

export const qAlpha: QAlphaHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
