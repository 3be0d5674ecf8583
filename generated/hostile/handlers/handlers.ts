import type { HandlersHandler } from "../server/handlers.js";

export const handlers: HandlersHandler = async ({ handlers }, ctx) => {
  throw ctx.notImplemented({ handlers });
};
