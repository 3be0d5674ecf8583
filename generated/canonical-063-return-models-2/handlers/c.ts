import type { CHandler } from "../server/handlers.js";

export const c: CHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
