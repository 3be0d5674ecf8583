import type { JHandler } from "../server/handlers.js";

export const j: JHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
