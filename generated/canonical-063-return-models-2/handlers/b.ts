import type { BHandler } from "../server/handlers.js";

export const b: BHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
