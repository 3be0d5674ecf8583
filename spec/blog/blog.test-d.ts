/** What the types of a list in pages say and refuse, checked by the compiler. */
import type { MizanError } from "@mizan/runtime/client";
import {
  useInfinitePostComments,
  useInfinitePosts,
  watchPostsPages,
  type Comment,
  type Post,
  type Posts,
  type Thread,
} from "./mizan/client/index.js";
import type { ShoutHandler } from "./mizan/server/handlers.js";

export function useStates(): void {
  const posts = useInfinitePosts();
  posts satisfies { data: readonly Post[] | null; pages: readonly Posts[]; hasNext: boolean };
  posts.nextError satisfies MizanError | null;
  if (posts.status === "success") {
    posts.data satisfies readonly Post[];
    posts.error satisfies null;
  }
  if (posts.status === "error") posts.error satisfies MizanError;
  // @ts-expect-error there may be none yet
  posts.data satisfies readonly Post[];
  // @ts-expect-error elements are nobody's to change
  posts.data?.push({ id: 1, author: "ada", text: "" });

  const comments = useInfinitePostComments();
  comments satisfies { data: readonly Comment[] | null; pages: readonly Thread[] };
}

export function watchThem(): void {
  const list = watchPostsPages({ author: "ada", limit: 5 });
  list.getState().data satisfies readonly Post[] | null;
  list.release();
  // @ts-expect-error whose posts?
  watchPostsPages({ limit: 5 });
}

declare const post: Post;
export const shout: ShoutHandler = ({ author }, { merge }) => {
  merge.blog.posts.upsert(post, "id", { author });
  merge.blog.posts.remove({ id: 5 }, "id");
  merge.blog.posts({ items: [post], next: null, total: 1 });
  // @ts-expect-error a page is no element
  merge.blog.posts.prepend({ items: [post], next: null, total: 1 }, "id");
  // @ts-expect-error a list is no page
  merge.blog.posts([post]);
  return 1;
};
