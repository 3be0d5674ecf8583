import type { QMidHandler } from "../server/handlers.js";

export const qMid: QMidHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
