import type { TouchPairHandler } from "../server/handlers.js";

export const touchPair: TouchPairHandler = async ({ a, b }, ctx) => {
  throw ctx.notImplemented({ a, b });
};
