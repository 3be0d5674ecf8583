import type { ViewHandlerHandler } from "../server/handlers.js";

export const viewHandler: ViewHandlerHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
