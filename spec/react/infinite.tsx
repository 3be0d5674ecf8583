/** Hooks of lists that are read page by page, as generated for the blog. */
import { StrictMode, useEffect, type ReactNode } from "react";
import { renderToString } from "react-dom/server.node";
import { dehydrate, hydrate } from "@mizan/runtime/client";
import {
  BlogContext,
  MizanContext,
  useInfinitePosts,
  usePosts,
  useWrite,
  type Post,
} from "../blog/mizan/client/index.js";
import { openPage, step, type Page } from "./harness.js";

const renders = { list: 0 };

function List() {
  const list = useInfinitePosts();
  useEffect(() => {
    renders.list += 1;
  });
  return (
    <p>
      {list.data?.map(({ id, text }) => (text === "" ? id : text)).join(" ") ?? "none"}
      {list.hasNext ? " more" : " end"} {list.status}
      {list.isFetchingNext && " next"}
      {list.nextError && ` ${list.nextError.code}`}
    </p>
  );
}

/** Far away from the list, below the same provider. */
function More() {
  const { fetchNext, refetch } = useInfinitePosts();
  const { mutate } = useWrite();
  return (
    <>
      <button id="more" onClick={fetchNext} />
      <button id="again" onClick={refetch} />
      <button id="write" onClick={() => mutate({ author: "ada", text: "hello" })} />
    </>
  );
}

const tree = (author = "ada", keepPrevious = false): ReactNode => (
  <BlogContext author={author} limit={2} keepPrevious={keepPrevious}>
    <List />
    <More />
  </BlogContext>
);

const postsOf = (...ids: readonly number[]): Post[] =>
  ids.map((id) => ({ id, author: "ada", text: "" }));
const page = (next: number | null, ...ids: readonly number[]) => ({
  posts: { items: postsOf(...ids), next, total: 9 },
});

async function open(on: Page, content: ReactNode = tree()): Promise<void> {
  await on.render(<MizanContext client={on.client}>{content}</MizanContext>);
}

async function openFirst(): Promise<Page> {
  const on = openPage();
  await open(on);
  await on.server.answer(page(8, 9, 8));
  return on;
}

const click = (on: Page, id: string): Promise<void> =>
  step(() => on.element.querySelector<HTMLElement>(`#${id}`)?.click());

export function infiniteSuite(): void {
  test("the first page is the provider's, and read once for both", async () => {
    const on = openPage();
    await open(on);
    expect(on.text()).toBe("none end loading");
    expect(on.server.lines).toEqual(['blog {"author":"ada","limit":2}']);
    await on.server.answer(page(8, 9, 8));
    expect(on.text()).toBe("9 8 more success");
  });

  test("the next page is shown below the others, wherever it was asked for", async () => {
    const on = await openFirst();
    await click(on, "more");
    expect(on.text()).toBe("9 8 more success next");
    await click(on, "more");
    expect(on.server.lines.slice(1)).toEqual(['blog {"after":8,"author":"ada","limit":2}']);
    await on.server.answer(page(null, 7));
    expect(on.text()).toBe("9 8 7 end success");
    await click(on, "more");
    expect(on.server.waiting).toHaveLength(0);
  });

  test("a failure of the next page stands beside the others, and is tried again", async () => {
    const on = await openFirst();
    await click(on, "more");
    await on.server.answer({ error: true, code: "NO", message: "" }, 409);
    expect(on.text()).toBe("9 8 more success NO");
    await click(on, "more");
    expect(on.text()).toBe("9 8 more success next");
    await on.server.answer(page(null, 7));
    expect(on.text()).toBe("9 8 7 end success");
  });

  test("a merge reaches into a page, and renders once", async () => {
    const on = await openFirst();
    await click(on, "more");
    await on.server.answer(page(6, 7, 6));
    await click(on, "write");
    renders.list = 0;
    const [post] = postsOf(10);
    const entry = { context: "blog", slot: "posts", op: "prepend", key: "id", value: post };
    await on.server.answer({ result: post, merge: [{ ...entry, params: { author: "ada" } }] });
    expect([on.text(), renders.list]).toEqual(["10 9 8 7 6 more success", 1]);
    expect(on.server.waiting).toHaveLength(0);
  });

  test("pages that became old are shown anew together", async () => {
    const on = await openFirst();
    await click(on, "more");
    await on.server.answer(page(6, 7, 6));
    renders.list = 0;
    await click(on, "again");
    expect(on.server.waiting).toHaveLength(2);
    const items = (first: number) =>
      postsOf(first, first - 1).map((post) => ({ ...post, text: `v${post.id}` }));
    await on.server.answer({ posts: { items: items(9), next: 8, total: 9 } });
    expect(on.text()).toBe("9 8 7 6 more success");
    await on.server.answer({ posts: { items: items(7), next: 6, total: 9 } });
    expect(on.text()).toBe("v9 v8 v7 v6 more success");
  });

  test("StrictMode mounts twice and asks once; whoever leaves gives up what is under way", async () => {
    const on = openPage();
    await open(on, <StrictMode>{tree()}</StrictMode>);
    expect(on.server.lines).toHaveLength(1);
    await on.server.answer(page(8, 9, 8));
    await click(on, "more");
    expect(on.server.lines).toHaveLength(2);
    const [next] = on.server.waiting;
    await open(on, <StrictMode>nothing</StrictMode>);
    expect(next?.signal?.aborted).toBe(true);
    // Whoever comes back finds what was there.
    await open(on, <StrictMode>{tree()}</StrictMode>);
    expect(on.text()).toBe("9 8 more success next");
    await on.server.answer(page(null, 7));
    expect(on.text()).toBe("9 8 7 end success");
  });

  test("other params are another list; with keepPrevious the one before stays, whole, until it is there", async () => {
    const on = await openFirst();
    await click(on, "more");
    await on.server.answer(page(6, 7, 6));
    await open(on, tree("bob"));
    expect(on.text()).toBe("none end loading");
    await on.server.answer(page(null, 1));
    await open(on, tree("ada", true));
    expect(on.text()).toBe("9 8 7 6 more success");
    await open(on, tree("cyd", true));
    expect(on.text()).toBe("9 8 7 6 end success");
    await on.server.answer(page(null, 2));
    expect(on.text()).toBe("2 end success");
  });

  test("after a sign-out nothing of the pages before is shown", async () => {
    const on = await openFirst();
    await click(on, "more");
    await on.server.answer(page(6, 7, 6));
    await step(() => on.client.reset());
    expect(on.text()).toBe("none end loading");
    await on.server.answer(page(null, 5));
    expect(on.text()).toBe("5 end success");
  });

  test("nor of a list that keepPrevious has kept, although its first page is there again", async () => {
    const on = openPage();
    const both = (author: string) => (
      <>
        <BlogContext author="ada" limit={2} />
        {tree(author, true)}
      </>
    );
    await open(on, both("ada"));
    await on.server.answer(page(8, 9, 8));
    await click(on, "more");
    await on.server.answer(page(6, 7, 6));
    await open(on, both("cyd"));
    expect(on.text()).toBe("9 8 7 6 end success");
    await step(() => on.client.reset());
    expect(on.text()).toBe("none end loading");
    const ada = on.server.waiting.find(({ line }) => line.includes("ada"));
    await step(() => ada?.answer(200, page(null, 5)));
    await open(on, both("cyd"));
    expect(on.text()).toBe("none end loading");
  });

  test("the slot hook beside it shows the first page", async () => {
    const on = openPage();
    const First = () => (
      <b>
        {usePosts()
          ?.items.map(({ id }) => id)
          .join("+")}{" "}
      </b>
    );
    await open(
      on,
      <BlogContext author="ada">
        <First />
        <List />
        <More />
      </BlogContext>,
    );
    await on.server.answer(page(8, 9, 8));
    await click(on, "more");
    await on.server.answer(page(null, 7));
    expect(on.text()).toBe("9+8 9 8 7 end success");
  });

  test("what came with the page is there at once, on the server and in the page, and not asked for", async () => {
    const server = await openFirst();
    await click(server, "more");
    await server.server.answer(page(null, 7));
    const snapshot = dehydrate(server.client);

    const on = openPage();
    hydrate(on.client, snapshot);
    const html = renderToString(<MizanContext client={on.client}>{tree()}</MizanContext>);
    expect(html.replaceAll(/<[^>]*>/g, "")).toBe("9 8 more success");
    await open(on);
    expect(on.text()).toBe("9 8 more success");
    await click(on, "more");
    expect(on.text()).toBe("9 8 7 end success");
    expect(on.server.lines).toEqual([]);
  });

  test("outside its provider it names the one to add", async () => {
    const on = openPage();
    const silent = jest.spyOn(console, "error").mockImplementation(() => undefined);
    await expect(open(on, <List />)).rejects.toThrow("Add <BlogContext> above");
    silent.mockRestore();
  });
}
