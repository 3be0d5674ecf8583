import type { RewriteHandler } from "../server/handlers.js";

export const rewrite: RewriteHandler = async ({ author, id, text }, ctx) => {
  throw ctx.notImplemented({ author, id, text });
};
