/** Lists that are read page by page: the generated client against the generated server, over real sockets. */
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { createClient, type Client, type WatchedPages } from "@mizan/runtime/client";
import { createBlog } from "../blog/app.js";
import { comments, fill } from "../blog/store.js";
import {
  callComment,
  callErase,
  callImportPost,
  callRewrite,
  callShout,
  callWrite,
  watchPostCommentsPages,
  watchPostsPages,
  type Post,
  type Posts,
} from "../blog/mizan/client/index.js";

const { app, mizan } = createBlog();
let server: Server;
let client: Client;
let sent: string[];

beforeAll(async () => {
  server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
beforeEach(() => {
  // 20, 18, … 2
  fill("ada", 10);
  sent = [];
  client = createClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/mizan`,
    csrf: false,
    fetch: (input, init) => {
      const { pathname } = new URL(String(input));
      sent.push(`${init?.method ?? "GET"} ${pathname.replace("/api/mizan", "")}`);
      return fetch(input, init);
    },
  });
});
afterAll(async () => {
  await mizan.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Resolves when nothing is being fetched any more. */
function settled(...views: readonly WatchedPages<unknown, unknown>[]): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (views.some((view) => view.getState().isFetching || view.getState().status === "idle")) {
        setTimeout(look, 5);
      } else resolve();
    };
    look();
  });
}

async function openPosts(pages: number): Promise<WatchedPages<Posts, Post>> {
  const view = watchPostsPages({ author: "ada" }, { client });
  await settled(view);
  for (let count = 1; count < pages; count++) {
    view.fetchNext();
    await settled(view);
  }
  sent.length = 0;
  return view;
}

const idsOf = (view: WatchedPages<Posts, Post>): unknown =>
  view.getState().data?.map(({ id }) => id);

test("page after page, to the end of the list", async () => {
  const view = await openPosts(4);
  expect(idsOf(view)).toEqual([20, 18, 16, 14, 12, 10, 8, 6, 4, 2]);
  const { hasNext, pages } = view.getState();
  expect([hasNext, pages.map(({ total }) => total)]).toEqual([false, [10, 10, 10, 10]]);
  view.release();
});

test("what is written, rewritten or erased is merged into the page that holds it, without a read", async () => {
  const view = await openPosts(2);
  const { id } = await callWrite({ author: "ada", text: "new" }, { client });
  await callRewrite({ author: "ada", id: 12, text: "twelve" }, { client });
  await callErase({ author: "ada", id: 16 }, { client });
  expect(idsOf(view)).toEqual([id, 20, 18, 14, 12, 10]);
  expect(view.getState().data?.find((post) => post.id === 12)?.text).toBe("twelve");
  expect(sent).toEqual(["POST /call/", "POST /call/", "POST /call/"]);
  view.fetchNext();
  await settled(view);
  expect(idsOf(view)).toEqual([id, 20, 18, 14, 12, 10, 8, 6, 4]);
  view.release();
});

test("what made all pages old is one request, and one more where pages do not join any more", async () => {
  const view = await openPosts(3);
  await callImportPost({ author: "ada", id: 17, text: "between" }, { client });
  await settled(view);
  expect(idsOf(view)).toEqual([20, 18, 17, 16, 14, 12, 10, 8, 6, 4]);
  expect(sent).toEqual(["POST /call/", "POST /ctx/", "GET /ctx/blog/"]);
  view.release();
});

test("a handler merges elements, too", async () => {
  const view = await openPosts(2);
  expect(await callShout({ author: "ada" }, { client })).toBe(10);
  expect(view.getState().data?.map(({ text }) => text)).toEqual(
    [20, 18, 16, 14, 12, 10].map((id) => `POST ${id}`),
  );
  expect(sent).toEqual(["POST /call/"]);
  view.release();
});

test("a cursor may be text, fields may have other names, and an end is where elements are appended", async () => {
  for (const text of ["a", "b", "c"]) await callComment({ post_id: 4, text }, { client });
  const view = watchPostCommentsPages({ post_id: 4 }, { client });
  await settled(view);
  view.fetchNext();
  await settled(view);
  sent.length = 0;
  const made = await callComment({ post_id: 4, text: "d" }, { client });
  expect(view.getState().data?.map(({ text }) => text)).toEqual(["a", "b", "c", "d"]);
  expect(view.getState().data).toEqual(comments.get(4));
  expect(made.text).toBe("d");
  expect(sent).toEqual(["POST /call/"]);
  view.release();
});

test("a list that is not there is the error that the contract declares", async () => {
  const view = watchPostCommentsPages({ post_id: 404 }, { client });
  await settled(view);
  expect(view.getState()).toMatchObject({
    status: "error",
    data: null,
    error: { code: "NO_SUCH_POST" },
  });
  view.release();
});
