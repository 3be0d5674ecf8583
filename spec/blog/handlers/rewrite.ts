import type { RewriteHandler } from "../mizan/server/handlers.js";
import { postsOf, putPost } from "../store.js";

export const rewrite: RewriteHandler = ({ author, id, text }, { errors }) => {
  if (!postsOf(author).some((post) => post.id === id)) throw errors.NoSuchPost();
  return putPost({ id, author, text });
};
