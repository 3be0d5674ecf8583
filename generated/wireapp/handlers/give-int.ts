import type { GiveIntHandler } from "../server/handlers.js";

export const giveInt: GiveIntHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
