import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
