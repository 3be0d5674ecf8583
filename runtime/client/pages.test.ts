/** One test per promise of lists that are read page by page; chance is in `pages-model.test.ts`. */
import { contextOf } from "./generated.js";
import {
  blogContext,
  createShelf,
  postsPages,
  type BlogParams,
  type Page,
  type Post,
  type Shelf,
} from "./model/shelf.js";
import { contract, createStage, mutate, settled, type Stage } from "./model/stage.js";
import { observePages, pagesOf, watchPagesOf, type WatchedPages } from "./pages.js";
import type { Context } from "./types.js";
import { receive, watch } from "./watch.js";

type View = WatchedPages<Page, Post>;

const AUTHOR = 7;
const watchPosts = watchPagesOf(postsPages);

interface Scene extends Stage {
  readonly shelf: Shelf;
  /** Answers all reads that somebody waits for, and those that follow; what was asked for, round by round. */
  readonly serve: () => Promise<readonly (readonly unknown[])[]>;
}

/** A server with these elements, each at the place that is its id. */
function createScene(...ids: readonly number[]): Scene {
  const stage = createStage();
  const shelf = createShelf();
  shelf.set(
    AUTHOR,
    ids.map((id) => ({ id, v: 1, at: id })),
  );
  const serve = async (): Promise<readonly (readonly unknown[])[]> => {
    const rounds: unknown[][] = [];
    await settled();
    while (stage.waiting.length > 0) {
      const round = stage.waiting.splice(0).filter(({ signal }) => !signal?.aborted);
      rounds.push(round.map(({ input }) => Reflect.get(input, "after") ?? null));
      for (const read of round) await read.answer({ posts: shelf.page(read.input) });
    }
    return rounds;
  };
  return { ...stage, shelf, serve };
}

/** A list of which some pages are shown. */
async function shown(scene: Scene, pages: number, params: Partial<BlogParams> = {}): Promise<View> {
  const view = watchPosts({ author: AUTHOR, ...params }, { client: scene.client });
  await scene.serve();
  for (let count = 1; count < pages; count++) {
    view.fetchNext();
    await scene.serve();
  }
  return view;
}

const idsOf = (view: View): unknown => view.getState().data?.map(({ id }) => id);
const without = (scene: Scene, ...gone: readonly number[]): void =>
  scene.shelf.set(
    AUTHOR,
    scene.shelf.list(AUTHOR).filter(({ id }) => !gone.includes(id)),
  );
const insert = (scene: Scene, ...ids: readonly number[]): void =>
  scene.shelf.set(AUTHOR, [
    ...scene.shelf.list(AUTHOR),
    ...ids.map((id) => ({ id, v: 1, at: id })),
  ]);

/** A call whose answer says this. */
async function call(scene: Scene, body: object): Promise<void> {
  mutate({}, { client: scene.client }).catch(() => undefined);
  await settled();
  await scene.next("mutate").answer({ result: null, ...body });
}
const entry = (op: string, value: object, params: object = { author: AUTHOR }): object => ({
  merge: [{ context: "blog", slot: "posts", op, key: "id", value, params }],
});
const isOld = { invalidate: [{ context: "blog", params: { author: AUTHOR } }] };

describe("turning pages", () => {
  test("each page begins where the one before ends, until there is none", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    const view = await shown(scene, 1);
    expect([idsOf(view), view.getState().hasNext]).toEqual([[1, 2, 3], true]);
    view.fetchNext();
    expect(view.getState()).toMatchObject({ isFetchingNext: true, status: "success" });
    expect(await scene.serve()).toEqual([[3]]);
    expect(idsOf(view)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(view.getState()).toMatchObject({ isFetchingNext: false, hasNext: true });
    view.fetchNext();
    expect(await scene.serve()).toEqual([[6]]);
    expect(view.getState()).toMatchObject({ hasNext: false, pages: [{ total: 7 }, {}, {}] });
    view.fetchNext();
    expect(await scene.serve()).toEqual([]);
    expect(view.getState().isFetchingNext).toBe(false);
  });

  test("who asks twice at once is answered once", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7, 8);
    const view = await shown(scene, 1);
    const other = watchPosts({ author: AUTHOR }, { client: scene.client });
    view.fetchNext();
    view.fetchNext();
    other.fetchNext();
    expect(await scene.serve()).toEqual([[3]]);
    expect(other.getState()).toBe(view.getState());
    expect(idsOf(other)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("nothing is asked for before the first page is there", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = watchPosts({ author: AUTHOR }, { client: scene.client });
    view.fetchNext();
    expect(view.getState()).toMatchObject({ status: "loading", data: null, hasNext: false });
    expect(await scene.serve()).toEqual([[null]]);
  });

  test("asked for while pages are read anew, the next follows them", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    const view = await shown(scene, 1);
    without(scene, 2);
    await call(scene, isOld);
    view.fetchNext();
    expect(view.getState().isFetchingNext).toBe(true);
    expect(await scene.serve()).toEqual([[null], [4]]);
    expect(idsOf(view)).toEqual([1, 3, 4, 5, 6, 7]);
  });

  test("a next page that fails leaves the others, and is asked for again", async () => {
    const scene = createScene(1, 2, 3, 4, 5);
    const view = await shown(scene, 1);
    view.fetchNext();
    await settled();
    await scene.next().answer({ error: true, code: "INTERNAL_ERROR", message: "" }, 500);
    expect(idsOf(view)).toEqual([1, 2, 3]);
    expect(view.getState()).toMatchObject({
      status: "success",
      error: null,
      nextError: { code: "INTERNAL_ERROR" },
      isFetchingNext: false,
      hasNext: true,
    });
    view.fetchNext();
    expect(view.getState()).toMatchObject({ nextError: null, isFetchingNext: true });
    expect(await scene.serve()).toEqual([[3]]);
    expect(idsOf(view)).toEqual([1, 2, 3, 4, 5]);
  });

  test("a first page that fails is the error of the list, and is asked for again", async () => {
    const scene = createScene(1);
    const view = watchPosts({ author: AUTHOR }, { client: scene.client });
    await settled();
    await scene.next().fail();
    expect(view.getState()).toMatchObject({
      status: "error",
      data: null,
      error: { code: "NETWORK" },
    });
    view.fetchNext();
    await scene.serve();
    expect(view.getState()).toMatchObject({ status: "success", error: null, data: [{ id: 1 }] });
  });

  test("a list may begin in the middle, and is another list then", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6);
    const view = await shown(scene, 2, { after: 2, limit: 2 });
    expect([idsOf(view), view.getState().hasNext]).toEqual([[3, 4, 5, 6], false]);
    await call(scene, entry("prepend", { id: 0, v: 1 }));
    expect(await scene.serve()).toEqual([]);
    // Nobody can say that it is not in front of that.
    await call(scene, entry("upsert", { id: 9, v: 1 }));
    expect(await scene.serve()).toEqual([[4]]);
  });
});

describe("pages that are read anew", () => {
  test("go out together and are shown together", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const view = await shown(scene, 3);
    const seen: unknown[] = [];
    view.subscribe(() => seen.push(idsOf(view)));
    scene.shelf.set(
      AUTHOR,
      scene.shelf.list(AUTHOR).map((post) => ({ ...post, id: post.id + 10 })),
    );
    await call(scene, isOld);
    await settled();
    expect(scene.waiting).toHaveLength(3);
    await scene.serve();
    expect(new Set(seen.map((ids) => JSON.stringify(ids)))).toEqual(
      new Set(["[1,2,3,4,5,6,7,8,9]", "[11,12,13,14,15,16,17,18,19]"]),
    );
  });

  test("by hand, too", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6);
    const view = await shown(scene, 2);
    const before = view.getState().data;
    view.refetch();
    expect(await scene.serve()).toEqual([[null, 3]]);
    expect(view.getState().data).toBe(before);
  });

  test("join without another request where elements are gone", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const view = await shown(scene, 3);
    without(scene, 2, 5);
    await call(scene, isOld);
    expect(await scene.serve()).toEqual([[null, 3, 6]]);
    expect(idsOf(view)).toEqual([1, 3, 4, 6, 7, 8, 9]);
    expect(view.getState()).toMatchObject({ hasNext: true, isStale: false });
  });

  test("ask only for what is missing where elements have come", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const view = await shown(scene, 3);
    insert(scene, 1.5);
    await call(scene, isOld);
    const reads = scene.serve();
    expect(await reads).toEqual([[null, 3, 6], [2]]);
    expect(idsOf(view)).toEqual([1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("show what was there until they join again", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6);
    const view = await shown(scene, 2);
    insert(scene, 0);
    await call(scene, isOld);
    await settled();
    for (const read of scene.waiting.splice(0)) {
      await read.answer({ posts: scene.shelf.page(read.input) });
    }
    expect(idsOf(view)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(view.getState()).toMatchObject({
      isStale: true,
      isFetching: true,
      isFetchingNext: false,
    });
    await scene.next().fail();
    expect(view.getState()).toMatchObject({ status: "error", isStale: true, nextError: null });
    expect(idsOf(view)).toEqual([1, 2, 3, 4, 5, 6]);
    view.fetchNext();
    await scene.serve();
    expect(view.getState()).toMatchObject({ status: "success", isStale: false });
    expect(idsOf(view)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("are mended after a second although one is read again and again", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6);
    const view = await shown(scene, 2);
    const first = watch(scene.client, blogContext, { author: AUTHOR });
    const second = watch(scene.client, blogContext, { author: AUTHOR, after: 3 });
    second.refetch();
    await settled();
    const waits = scene.next();
    insert(scene, 0);
    first.refetch();
    expect(await scene.serve()).toEqual([[null]]);
    expect(idsOf(view)).toEqual([1, 2, 3, 4, 5, 6]);
    const later = Date.now() + 1001;
    jest.spyOn(Date, "now").mockReturnValue(later);
    first.refetch();
    expect(await scene.serve()).toEqual([[null, 2]]);
    expect(idsOf(view)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    jest.restoreAllMocks();
    await waits.answer({ posts: scene.shelf.page({ author: AUTHOR, after: 3 }) });
    expect(idsOf(view)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("are no more than before where too much has come between", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const view = await shown(scene, 3);
    insert(scene, ...Array.from({ length: 30 }, (_, index) => index / 100));
    await call(scene, isOld);
    const [first, ...more] = await scene.serve();
    expect([first, more.flat().length]).toEqual([[null, 3, 6], 2]);
    expect(view.getState().data).toHaveLength(9);
    expect(view.getState()).toMatchObject({ hasNext: true, isStale: false, isFetching: false });
  });

  test("end where the list ends, and let go of the rest", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const view = await shown(scene, 3);
    without(scene, 3, 4, 5, 6, 7, 8, 9);
    await call(scene, isOld);
    await scene.serve();
    expect([idsOf(view), view.getState().hasNext]).toEqual([[1, 2], false]);
    await call(scene, isOld);
    expect(await scene.serve()).toEqual([[null]]);
  });

  test("keep the objects that did not change", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    const before = view.getState();
    await call(scene, isOld);
    await scene.serve();
    expect(view.getState().data).toBe(before.data);
    expect(view.getState().pages).toBe(before.pages);
    insert(scene, 5);
    await call(scene, isOld);
    await scene.serve();
    expect(view.getState().data?.slice(0, 4)).toEqual(before.data);
    expect(view.getState().data?.[3]).toBe(before.data?.[3]);
  });
});

describe("merges reach into pages", () => {
  test.each([
    ["an element of the second page", "upsert", { id: 5, v: 9 }, [1, 2, 3, 4, 5, 6]],
    ["an element that is in front already", "prepend", { id: 5, v: 9 }, [1, 2, 3, 4, 5, 6]],
    ["one that is gone", "remove", { id: 5 }, [1, 2, 3, 4, 6]],
    ["a new one", "prepend", { id: 0, v: 1 }, [0, 1, 2, 3, 4, 5, 6]],
    [
      "one that is nowhere, on a page to come or behind it",
      "upsert",
      { id: 99, v: 1 },
      [1, 2, 3, 4, 5, 6],
    ],
  ])("%s", async (_, op, value, expected) => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    const view = await shown(scene, 2);
    const wide = await shown(scene, 1, { limit: 6 });
    await call(scene, entry(op, value));
    expect(await scene.serve()).toEqual([]);
    for (const one of [view, wide]) {
      expect(idsOf(one)).toEqual(expected);
      expect(one.getState()).toMatchObject({ hasNext: true, isStale: false });
    }
    const found = view.getState().data?.find(({ id }) => id === value.id);
    if (found) expect(found).toEqual(value);
  });

  test("what none of the pages holds is appended where the list ends", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    await call(scene, entry("upsert", { id: 9, v: 1 }));
    expect(await scene.serve()).toEqual([]);
    expect([idsOf(view), view.getState().hasNext]).toEqual([[1, 2, 3, 4, 9], false]);
  });

  test("where one is gone that no page holds, the last is read, as it may be the last now", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    const view = await shown(scene, 2);
    without(scene, 7);
    await call(scene, entry("remove", { id: 7 }));
    expect(await scene.serve()).toEqual([[3]]);
    expect(view.getState().hasNext).toBe(false);
  });

  test("pages turn where they turned before", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    const view = await shown(scene, 2);
    await call(scene, entry("remove", { id: 6 }));
    await call(scene, entry("prepend", { id: 0, v: 1 }));
    view.fetchNext();
    expect(await scene.serve()).toEqual([[6]]);
    expect(idsOf(view)).toEqual([0, 1, 2, 3, 4, 5, 7]);
  });

  test.each([
    ["names the cursor", entry("upsert", { id: 5, v: 9 }, { author: AUTHOR, after: 3 }), [[3]]],
    ["does not say whose list", entry("upsert", { id: 5, v: 9 }, {}), [[null, 3]]],
    ["has no params", entry("upsert", { id: 5, v: 9 }, Object(null)), [[null, 3]]],
    ["has no key", entry("upsert", { v: 9 }), [[null, 3]]],
    ["says something that nobody knows", entry("shuffle", { id: 5 }), [[null, 3]]],
    [
      "says two things of one element",
      {
        merge: ["remove", "prepend"].map((op) => ({
          ...{ context: "blog", slot: "posts", op, key: "id" },
          ...{ value: { id: 5, v: 9 }, params: { author: AUTHOR } },
        })),
      },
      [[null, 3]],
    ],
    ["is no list", { merge: { context: "blog" } }, [[null, 3]]],
  ])("an entry that %s makes pages old", async (_, body, expected) => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    await shown(scene, 2);
    await call(scene, body);
    expect(await scene.serve()).toEqual(expected);
  });

  test("another author's are left alone", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    const before = view.getState();
    await call(scene, entry("upsert", { id: 2, v: 9 }, { author: 8 }));
    expect(await scene.serve()).toEqual([]);
    expect(view.getState()).toBe(before);
  });

  test("nothing is merged that another effect may have overtaken", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    for (const _ of "ab") mutate({}, { client: scene.client }).catch(() => undefined);
    await settled();
    // The server removed it after it was written; the answers come the other way round.
    const [written, removed] = scene.waiting.splice(0);
    await removed?.answer({ result: null, ...entry("remove", { id: 9 }) });
    await written?.answer({ result: null, ...entry("upsert", { id: 9, v: 1 }) });
    expect(await scene.serve()).toEqual([[null, 3]]);
    expect(idsOf(view)).toEqual([1, 2, 3, 4]);
  });

  test.each([
    ["another holds the element, it alone is", entry("upsert", { id: 2, v: 9 }), [[3]]],
    ["none is known to hold it, all are", entry("prepend", { id: 0, v: 1 }), [[null, 3]]],
  ])("where a page is being read and %s read again", async (_, body, expected) => {
    const scene = createScene(1, 2, 3, 4);
    await shown(scene, 2);
    watch(scene.client, blogContext, { author: AUTHOR, after: 3 }).refetch();
    await settled();
    // Nobody knows what the server saw when it answered.
    const before = scene.next();
    await call(scene, body);
    expect(await scene.serve()).toEqual(expected);
    await before.answer({ posts: { items: [], next: null, total: 0 } });
  });

  test("what others did makes the page old that shows it", async () => {
    const scene = createScene(1, 2, 3, 4);
    await shown(scene, 2);
    receive(scene.client, Object(entry("upsert", { id: 4, v: 2 })));
    expect(await scene.serve()).toEqual([[null, 3]]);
  });

  test("a page that belongs to no list that is shown is read, as ever", async () => {
    const scene = createScene(1, 2, 3, 4);
    const handle = watch(scene.client, blogContext, { author: AUTHOR, limit: 2 });
    await scene.serve();
    await call(scene, entry("upsert", { id: 2, v: 9 }));
    expect(await scene.serve()).toEqual([[null]]);
    handle.release();
  });

  test("what is expected of a call is shown once, and its effect after it", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    const optimistic = Object(
      (draft: {
        blog: (params: object, change: (data: { posts: { items: unknown[] } }) => void) => void;
      }) => draft.blog({}, ({ posts }) => posts.items.unshift({ id: 0, v: 0 })),
    );
    mutate({}, { client: scene.client, optimistic }).catch(() => undefined);
    await settled();
    expect(idsOf(view)).toEqual([0, 1, 2, 3, 4]);
    await scene.next("mutate").answer({ result: null, ...entry("prepend", { id: 0, v: 1 }) });
    expect(await scene.serve()).toEqual([]);
    expect(view.getState().data?.[0]).toEqual({ id: 0, v: 1 });
    expect(idsOf(view)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("coming and going", () => {
  test("pages stay for whoever returns, and are read anew if they are old", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    view.release();
    await call(scene, isOld);
    expect(await scene.serve()).toEqual([]);
    const again = watchPosts({ author: AUTHOR }, { client: scene.client });
    expect(idsOf(again)).toEqual([1, 2, 3, 4]);
    expect(await scene.serve()).toEqual([[null, 3]]);
  });

  test("released and retained at once, nothing is asked for", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    view.release();
    view.retain();
    expect(await scene.serve()).toEqual([]);
    expect(scene.events.filter(({ type }) => type === "fetch-start")).toHaveLength(2);
  });

  test("nor is the next page given up that is on its way", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 1);
    view.fetchNext();
    view.release();
    view.retain();
    expect(await scene.serve()).toEqual([[3]]);
    expect(idsOf(view)).toEqual([1, 2, 3, 4]);
  });

  test("another user begins with the first page", async () => {
    const scene = createScene(1, 2, 3, 4);
    const view = await shown(scene, 2);
    scene.client.reset();
    expect(view.getState()).toMatchObject({ data: null, pages: [], status: "loading" });
    expect(await scene.serve()).toEqual([[null]]);
    expect(idsOf(view)).toEqual([1, 2, 3]);
  });

  test("nobody sees what another user saw, however early they look", async () => {
    const scene = createScene(1, 2, 3, 4);
    const first = watch(scene.client, blogContext, { author: AUTHOR });
    const seen: unknown[] = [];
    const views: View[] = [];
    first.subscribe(() => seen.push(...views.map(idsOf)));
    views.push(await shown(scene, 2));
    scene.client.reset();
    expect(seen).toEqual([undefined]);
  });

  test("who returns after a sign-out begins with the first page, and sees nothing of before", async () => {
    const scene = createScene(1, 2, 3, 4, 5, 6, 7);
    const provider = watch(scene.client, blogContext, { author: AUTHOR });
    const view = await shown(scene, 3);
    const other = observePages(scene.client, postsPages, { author: AUTHOR });
    view.release();
    await settled();
    expect(idsOf(other)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const theirs = [101, 102, 103, 104, 105].map((id) => ({ id, v: 1, at: id }));
    scene.shelf.set(AUTHOR, theirs);
    scene.client.reset();
    expect(await scene.serve()).toEqual([[null]]);
    expect(provider.getState().data?.posts.items).toHaveLength(3);
    for (const early of [view, other]) expect(idsOf(early)).toEqual([101, 102, 103]);
    other.retain();
    const seen: unknown[] = [idsOf(other)];
    other.subscribe(() => seen.push(idsOf(other)));
    // Not by the cursors of the list before.
    expect(await scene.serve()).toEqual([]);
    expect(seen).toEqual([[101, 102, 103]]);
    other.fetchNext();
    expect(await scene.serve()).toEqual([[103]]);
    expect(idsOf(other)).toEqual([101, 102, 103, 104, 105]);
  });

  test("who only looks asks for nothing, and sees what there is", async () => {
    const scene = createScene(1, 2);
    const view = observePages(scene.client, postsPages, { author: AUTHOR });
    expect(view.getState()).toMatchObject({ status: "idle", data: null, pages: [] });
    view.fetchNext();
    expect(await scene.serve()).toEqual([]);
    const handle = watch(scene.client, blogContext, { author: AUTHOR });
    await scene.serve();
    expect(idsOf(view)).toEqual([1, 2]);
    handle.release();
  });
});

describe("servers that answer nonsense", () => {
  const odd: Context<object, object> = contextOf(contract)("odd", { list: "after:string?" });
  const oddPages = pagesOf<object, unknown, unknown>(odd, "list", {
    ...{ cursor: "after", items: "items", next: "next", by: "id" },
  });

  test.each<[string, unknown, unknown]>([
    ["no list", { next: null }, [[], false]],
    ["a list that is none", { items: "abc", next: null }, [[], false]],
    ["no next", { items: [{ id: 1 }] }, [[{ id: 1 }], false]],
    ["elements without a name", { items: [1, 1, {}, {}], next: null }, [[1, 1, {}, {}], false]],
    ["an element twice", { items: [{ id: 1 }, { id: 1 }], next: null }, [[{ id: 1 }], false]],
    ["text", "page", [[], false]],
    ["null", null, [[], false]],
  ])("%s", async (_, list, expected) => {
    const stage = createStage();
    const view = observePages(stage.client, oddPages);
    view.retain();
    await settled();
    await stage.next().answer({ list });
    const { data, hasNext } = view.getState();
    expect([data, hasNext]).toEqual(expected);
  });

  test("elements without a name are never taken for one another", async () => {
    const stage = createStage();
    const view = observePages(stage.client, oddPages);
    view.retain();
    await settled();
    await stage.next().answer({ list: { items: [{ a: 1 }], next: "x" } });
    view.fetchNext();
    await settled();
    await stage.next().answer({ list: { items: [{ a: 2 }], next: null } });
    view.refetch();
    await settled();
    for (const next of ["y", null]) {
      await stage.next().answer({ list: { items: [{ a: 3 }], next } });
    }
    // The second page does not follow the first any more, whatever they hold.
    expect(stage.waiting.map(({ input }) => input)).toEqual([{ after: "y" }]);
  });

  test("a cursor that leads back ends the list", async () => {
    const stage = createStage();
    const view = observePages(stage.client, oddPages);
    view.retain();
    await settled();
    await stage.next().answer({ list: { items: [{ id: 1 }], next: "x" } });
    view.fetchNext();
    await settled();
    await stage.next().answer({ list: { items: [{ id: 2 }], next: "x" } });
    expect(view.getState()).toMatchObject({ data: [{ id: 1 }, { id: 2 }], hasNext: false });
    view.fetchNext();
    await settled();
    expect(stage.waiting).toEqual([]);
  });

  test("a cursor that is another each time costs a page each time, and no more", async () => {
    const stage = createStage();
    const view = observePages(stage.client, oddPages);
    view.retain();
    await settled();
    let nonce = 0;
    const answer = async (): Promise<void> => {
      const items = [{ id: `${nonce}` }];
      await stage.next().answer({ list: { items, next: `cursor ${nonce++}` } });
    };
    await answer();
    for (let count = 0; count < 2; count++) {
      view.fetchNext();
      await settled();
      await answer();
    }
    view.refetch();
    await settled();
    let asked = 0;
    for (; stage.waiting.length > 0 && asked < 20; asked++) await answer();
    expect(asked).toBe(5);
    expect(view.getState()).toMatchObject({ isFetching: false, isStale: false });
  });
});
