import type { PostTextHandler } from "../../server/handlers.js";

export const postText: PostTextHandler = async ({ post_id }, ctx) => {
  throw ctx.notImplemented({ post_id });
};
