import type { FileHandler } from "../server/handlers.js";

export const file: FileHandler = async ({ file, blob }, ctx) => {
  throw ctx.notImplemented({ file, blob });
};
