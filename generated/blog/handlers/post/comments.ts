import type { PostCommentsHandler } from "../../server/handlers.js";

export const postComments: PostCommentsHandler = async ({ post_id, after }, ctx) => {
  throw ctx.notImplemented({ post_id, after });
};
