import type { ShoutHandler } from "../mizan/server/handlers.js";
import { postsOf, putPost } from "../store.js";

export const shout: ShoutHandler = ({ author }, { merge }) => {
  const all = postsOf(author).map((post) => putPost({ ...post, text: post.text.toUpperCase() }));
  for (const post of all) merge.blog.posts.upsert(post, "id", { author });
  return all.length;
};
