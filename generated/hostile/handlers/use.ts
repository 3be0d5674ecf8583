import type { UseHandler } from "../server/handlers.js";

export const use: UseHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
