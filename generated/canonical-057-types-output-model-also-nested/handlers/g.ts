import type { GHandler } from "../server/handlers.js";

export const g: GHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
