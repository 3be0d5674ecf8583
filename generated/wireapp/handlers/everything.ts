import type { EverythingHandler } from "../server/handlers.js";

export const everything: EverythingHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
