import type { ProfHandler } from "../server/handlers.js";

export const prof: ProfHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
