import { randomUUID } from "node:crypto";
import type { CommentHandler } from "../mizan/server/handlers.js";
import { comments, texts } from "../store.js";

export const comment: CommentHandler = ({ post_id, text }, { errors }) => {
  if (!texts.has(post_id)) throw errors.NoSuchPost();
  const made = { comment_id: randomUUID(), text };
  comments.set(post_id, [...(comments.get(post_id) ?? []), made]);
  return made;
};
