import type { GiveNullForModelHandler } from "../server/handlers.js";

export const giveNullForModel: GiveNullForModelHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
