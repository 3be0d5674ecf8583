import type { GiveOptionalIntHandler } from "../server/handlers.js";

export const giveOptionalInt: GiveOptionalIntHandler = async ({ yes }, ctx) => {
  throw ctx.notImplemented({ yes });
};
