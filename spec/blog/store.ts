/** What the blog holds, in memory: posts by author, the latest first, and comments by post, the oldest first. */
import type { Comment, Post } from "./mizan/server/types.js";

export const posts = new Map<string, Post[]>();
export const comments = new Map<number, Comment[]>();
export const texts = new Map<number, string>();

let lastId = 0;
export const nextId = (): number => ++lastId;

export const postsOf = (author: string): readonly Post[] => posts.get(author) ?? [];

export function putPost(post: Post): Post {
  const others = postsOf(post.author).filter(({ id }) => id !== post.id);
  posts.set(
    post.author,
    [...others, post].sort((a, b) => b.id - a.id),
  );
  texts.set(post.id, post.text);
  return post;
}

/** An author with so many posts and none of before; ids are even, so that others fit between. */
export function fill(author: string, count: number): void {
  posts.clear();
  comments.clear();
  texts.clear();
  lastId = 0;
  for (let made = 0; made < count; made++) {
    putPost({ id: (lastId += 2), author, text: `post ${lastId}` });
  }
}
