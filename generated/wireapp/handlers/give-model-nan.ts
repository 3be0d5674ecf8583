import type { GiveModelNanHandler } from "../server/handlers.js";

export const giveModelNan: GiveModelNanHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
