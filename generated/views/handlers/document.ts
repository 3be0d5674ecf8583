import type { DocumentHandler } from "../server/handlers.js";

export const document: DocumentHandler = async ({ rest }, ctx) => {
  throw ctx.notImplemented({ rest });
};
