import type { ByTagsReaderHandler } from "../server/handlers.js";

export const byTagsReader: ByTagsReaderHandler = async ({ tags }, ctx) => {
  throw ctx.notImplemented({ tags });
};
