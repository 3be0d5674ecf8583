import type { LetHandler } from "../server/handlers.js";

export const let$: LetHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
