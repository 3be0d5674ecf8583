import type { UndefinedHandler } from "../server/handlers.js";

export const undefined$: UndefinedHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
