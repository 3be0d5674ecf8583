import type { UseHandler } from "../server/handlers.js";

/**
 * before
 * after *\/ `${x}` \@ts-nocheck
 */
export const use: UseHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
