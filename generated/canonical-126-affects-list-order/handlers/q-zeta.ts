import type { QZetaHandler } from "../server/handlers.js";

export const qZeta: QZetaHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
