import type { MeHandler } from "../server/handlers.js";

export const me: MeHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
