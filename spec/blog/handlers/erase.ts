import type { EraseHandler } from "../mizan/server/handlers.js";
import { posts, postsOf } from "../store.js";

export const erase: EraseHandler = ({ author, id }) => {
  posts.set(
    author,
    postsOf(author).filter((post) => post.id !== id),
  );
  return null;
};
