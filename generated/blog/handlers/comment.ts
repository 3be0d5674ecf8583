import type { CommentHandler } from "../server/handlers.js";

export const comment: CommentHandler = async ({ post_id, text }, ctx) => {
  throw ctx.notImplemented({ post_id, text });
};
