import type { TouchByTagsHandler } from "../server/handlers.js";

export const touchByTags: TouchByTagsHandler = async ({ tags }, ctx) => {
  throw ctx.notImplemented({ tags });
};
