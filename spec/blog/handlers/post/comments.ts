import type { PostCommentsHandler } from "../../mizan/server/handlers.js";
import { comments, texts } from "../../store.js";

const MOST = 2;

export const postComments: PostCommentsHandler = ({ post_id, after }, { errors }) => {
  if (!texts.has(post_id)) throw errors.NoSuchPost();
  const all = comments.get(post_id) ?? [];
  // `after` names the last comment of the page before.
  const rest = all.slice(all.findIndex(({ comment_id: id }) => id === after) + 1);
  const page = rest.slice(0, MOST);
  const more = rest.length > MOST ? (page.at(-1)?.comment_id ?? null) : null;
  return { comments: page, more, pinned: [] };
};
