import type { PostsHandler } from "../server/handlers.js";

/** What somebody wrote. */
export const posts: PostsHandler = async ({ author, after, limit }, ctx) => {
  throw ctx.notImplemented({ author, after, limit });
};
