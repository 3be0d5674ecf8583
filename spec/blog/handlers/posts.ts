import type { PostsHandler } from "../mizan/server/handlers.js";
import { postsOf } from "../store.js";

export const posts: PostsHandler = ({ author, after, limit }) => {
  const all = postsOf(author);
  const rest = after === null ? all : all.filter(({ id }) => id < after);
  const items = rest.slice(0, limit);
  const next = rest.length > items.length ? (items.at(-1)?.id ?? null) : null;
  return { items, next, total: all.length };
};
