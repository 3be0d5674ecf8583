import type { GiveWrongShapeHandler } from "../server/handlers.js";

export const giveWrongShape: GiveWrongShapeHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
