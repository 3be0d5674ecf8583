import type { TouchByPriceHandler } from "../server/handlers.js";

export const touchByPrice: TouchByPriceHandler = async ({ price }, ctx) => {
  throw ctx.notImplemented({ price });
};
