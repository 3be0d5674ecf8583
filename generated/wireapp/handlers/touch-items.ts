import type { TouchItemsHandler } from "../server/handlers.js";

export const touchItems: TouchItemsHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
