import type { GiveListOfIntHandler } from "../server/handlers.js";

export const giveListOfInt: GiveListOfIntHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
