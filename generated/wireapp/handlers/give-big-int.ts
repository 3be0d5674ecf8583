import type { GiveBigIntHandler } from "../server/handlers.js";

export const giveBigInt: GiveBigIntHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
