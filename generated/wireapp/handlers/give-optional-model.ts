import type { GiveOptionalModelHandler } from "../server/handlers.js";

export const giveOptionalModel: GiveOptionalModelHandler = async ({ yes }, ctx) => {
  throw ctx.notImplemented({ yes });
};
