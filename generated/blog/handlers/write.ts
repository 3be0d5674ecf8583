import type { WriteHandler } from "../server/handlers.js";

export const write: WriteHandler = async ({ author, text }, ctx) => {
  throw ctx.notImplemented({ author, text });
};
