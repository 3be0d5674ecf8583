import type { EHandler } from "../server/handlers.js";

export const e: EHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
