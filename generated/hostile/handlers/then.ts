import type { ThenHandler } from "../server/handlers.js";

export const then: ThenHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
