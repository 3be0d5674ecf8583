import type { GiveListOfModelHandler } from "../server/handlers.js";

export const giveListOfModel: GiveListOfModelHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
