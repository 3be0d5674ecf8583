import type { CartHandler } from "../server/handlers.js";

export const cart: CartHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
