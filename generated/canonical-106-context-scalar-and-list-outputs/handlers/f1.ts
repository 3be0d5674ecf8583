import type { F1Handler } from "../server/handlers.js";

export const f1: F1Handler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
