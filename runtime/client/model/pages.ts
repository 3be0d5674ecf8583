/**
 * A model of lists that are read page by page: the real kernel against a server that holds some lists, with calls,
 * page turns, refetches, delays and losses drawn from a seed. It holds that
 *
 * - no element is ever shown twice;
 * - at rest, what is shown is what the server has, from the first element on, each as it is now, nothing is only
 *   expected and nothing more waits; and there is a next page exactly if the server has more elements.
 */
import type { Body } from "../../wire/answer.js";
import type { InvalidateEntry, MergeEntry } from "../../wire/effects.js";
import { own } from "../../wire/json.js";
import { createClient } from "../client.js";
import { contextOf, functionOf } from "../generated.js";
import type { Draft } from "../optimism.js";
import { observePages, pagesOf, type Pages, type WatchedPages } from "../pages.js";
import type { Transport } from "../transport.js";
import type { Context } from "../types.js";
import { receive } from "../watch.js";
import { contract } from "./stage.js";
import { createNetwork } from "./network.js";
import { createWorld, enter, type World } from "./world.js";

export interface Post {
  readonly id: number;
  readonly v: number;
}
export interface Page {
  readonly items: readonly Post[];
  readonly next: number | null;
  /** Beside the elements. */
  readonly total: number;
}
export interface BlogParams {
  readonly author: number;
  readonly after?: number | null;
  readonly limit?: number;
}

export const blogContext: Context<BlogParams, { readonly posts: Page }> = contextOf(contract)(
  "blog",
  { posts: "author:integer after:number? limit:integer=" },
);
export const postsPages: Pages<BlogParams, Page, Post> = pagesOf(blogContext, "posts", {
  cursor: "after",
  limit: "limit",
  items: "items",
  next: "next",
  by: "id",
});

interface Drafts {
  readonly blog: Draft<BlogParams, { readonly posts: { items: Post[] } }>;
}

const write = functionOf(contract)<object, unknown, never, Drafts>("write");

/** An element with its place: cursors name places. */
interface Placed extends Post {
  readonly at: number;
}

export interface Shelf {
  readonly list: (author: unknown) => readonly Placed[];
  readonly set: (author: unknown, list: readonly Placed[]) => void;
  readonly page: (params: unknown) => Page;
}

const DEFAULT_LIMIT = 3;

/** A server's lists, by author. They come sorted by place. */
export function createShelf(): Shelf {
  const lists = new Map<unknown, readonly Placed[]>();
  const list = (author: unknown): readonly Placed[] => lists.get(Number(author)) ?? [];
  return {
    list,
    set: (author, posts) =>
      void lists.set(
        Number(author),
        [...posts].sort((a, b) => a.at - b.at),
      ),
    page: (params) => {
      const after = own(params, "after") ?? null;
      const all = list(own(params, "author"));
      const rest = after === null ? all : all.filter(({ at }) => at > Number(after));
      const found = rest.slice(0, Number(own(params, "limit") ?? DEFAULT_LIMIT));
      const next = rest.length > found.length ? (found.at(-1)?.at ?? null) : null;
      return { items: found.map(({ id, v }) => ({ id, v })), next, total: all.length };
    },
  };
}

interface Effects {
  readonly merge?: readonly MergeEntry[];
  readonly invalidate?: readonly InvalidateEntry[];
}

/** Something that a call does to a list, and says that it did. */
type Deed = (shelf: Shelf, author: number, world: World) => Effects;

let lastId = 0;

const element = (op: "upsert" | "prepend" | "remove", author: number, value: object): MergeEntry =>
  ({ context: "blog", slot: "posts", op, key: "id", value, params: { author } }) as MergeEntry;
const isOld = (author: number): Effects => ({
  invalidate: [{ context: "blog", params: { author } }],
});
const sent = ({ id, v }: Post): Post => ({ id, v });
const without = (list: readonly Placed[], id: number): readonly Placed[] =>
  list.filter((post) => post.id !== id);

const prepend: Deed = (shelf, author) => {
  const list = shelf.list(author);
  const post = { id: ++lastId, v: 1, at: (list[0]?.at ?? 0) - 1 };
  shelf.set(author, [post, ...list]);
  return { merge: [element("prepend", author, sent(post))] };
};
const append: Deed = (shelf, author) => {
  const list = shelf.list(author);
  const post = { id: ++lastId, v: 1, at: (list.at(-1)?.at ?? 0) + 1 };
  shelf.set(author, [...list, post]);
  return { merge: [element("upsert", author, sent(post))] };
};
const rewrite: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  if (!list.length) return {};
  const post = world.pick(list);
  const now = { ...post, v: post.v + 1 };
  shelf.set(author, [...without(list, post.id), now]);
  return { merge: [element("upsert", author, sent(now))] };
};
const remove: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  if (!list.length) return {};
  const { id } = world.pick(list);
  shelf.set(author, without(list, id));
  return { merge: [element("remove", author, { id })] };
};
/** What only the server knows the place of. */
const insert: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  const from = list[0]?.at ?? 0;
  const at = from + world.random() * ((list.at(-1)?.at ?? 0) - from + 0.1);
  shelf.set(author, [...list, { id: ++lastId, v: 1, at }]);
  return isOld(author);
};
const move: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  if (!list.length) return {};
  const post = world.pick(list);
  const at = world.pick(list).at + world.random() - 0.5;
  shelf.set(author, [...without(list, post.id), { ...post, at }]);
  return isOld(author);
};
const clear: Deed = (shelf, author, world) => {
  shelf.set(
    author,
    shelf.list(author).filter(() => world.chance(0.3)),
  );
  return isOld(author);
};
/** Says several things of one list. */
const both: Deed = (shelf, author, world) => {
  const [one, other] = [world.pick(SMALL), world.pick(SMALL)].map((deed) =>
    deed(shelf, author, world),
  );
  return { merge: [...(one?.merge ?? []), ...(other?.merge ?? [])] };
};

const SMALL = [prepend, append, rewrite, remove];
const DEEDS = [...SMALL, ...SMALL, ...SMALL, insert, insert, move, clear, both];

const AUTHORS = [1, 2];

/** What went wrong in one run; nothing, if all is well. */
export async function runPages(seed: number): Promise<readonly string[]> {
  const world = createWorld(seed);
  const leave = enter(world);
  try {
    return await play(world);
  } finally {
    leave();
  }
}

async function play(world: World): Promise<readonly string[]> {
  const shelf = createShelf();
  lastId = 0;
  for (const author of AUTHORS) {
    const length = Math.floor(12 * world.random());
    shelf.set(
      author,
      Array.from({ length }, (_, at) => ({ id: ++lastId, v: 1, at })),
    );
  }
  const isLossy = world.chance(0.2);
  const client = createClient({
    transport: createTransport(world, shelf, isLossy),
    timeoutMs: 0,
    gcMs: 40,
  });
  const faults: string[] = [];
  let expected = 0;
  const views = new Map<WatchedPages<Page, Post>, BlogParams>();

  const checkShown = (): void => {
    for (const view of views.keys()) {
      const ids = view.getState().data?.map(({ id }) => id) ?? [];
      if (new Set(ids).size < ids.length) faults.push(`${world.now()}: twice in ${ids.join()}`);
    }
  };
  const mount = (): void => {
    const limit = world.pick([0, 2, 5]);
    const params = { author: world.pick(AUTHORS), ...(limit > 0 && { limit }) };
    const view = observePages(client, postsPages, params);
    view.retain();
    view.subscribe(checkShown);
    views.set(view, params);
  };
  const release = (): void => {
    if (views.size < 2) return;
    const view = world.pick([...views.keys()]);
    views.delete(view);
    view.release();
    if (world.chance(0.3)) {
      view.retain();
      views.set(view, { author: 0 });
    }
  };
  const turn = (): void => {
    const view = world.pick([...views.keys()]);
    view.fetchNext();
    if (world.chance(0.3)) view.fetchNext();
  };
  const call = (): void => {
    const deed = Math.floor(DEEDS.length * world.random());
    const author = world.pick(AUTHORS);
    const id = -++expected;
    // Ids of the server are positive. It is tried on each page, and shown once.
    const optimistic = (draft: Drafts): void =>
      draft.blog({ author }, ({ posts }) => void posts.items.unshift({ id, v: 1 }));
    write({ deed }, { client, ...(world.chance(0.3) && { optimistic }) }).catch(() => undefined);
  };
  const writeElsewhere = (): void => {
    const effects = world.pick(DEEDS)(shelf, world.pick(AUTHORS), world);
    world.after(20 * world.random(), () => receive(client, effects));
  };
  const happenings = [
    ...[turn, turn, turn, turn, call, call, call, call, call, call],
    ...[mount, release, writeElsewhere],
    () => world.pick([...views.keys()]).refetch(),
    () => (world.chance(0.1) ? client.reset() : undefined),
  ];
  mount();
  for (let count = 0; count < 40; count++) {
    world.after(120 * world.random(), () => world.pick(happenings)());
  }
  if (!(await world.run(checkShown))) faults.push("It does not end");

  for (const view of views.keys()) faults.push(...checkAtRest(view, shelf));
  return faults;
}

function checkAtRest(view: WatchedPages<Page, Post>, shelf: Shelf): readonly string[] {
  const state = view.getState();
  // Whoever could not be reached says so, and shows what was there.
  if (state.error || state.nextError) return [];
  if (!state.data || state.isFetching || state.isFetchingNext || state.isStale) {
    return [`Not at rest: ${JSON.stringify({ ...state, pages: undefined })}`];
  }
  const found = AUTHORS.some((author) => {
    const all = shelf.list(author).map(sent);
    const isMore = all.length > state.data.length;
    const isSame = JSON.stringify(all.slice(0, state.data.length)) === JSON.stringify(state.data);
    return isSame && isMore === state.hasNext;
  });
  if (found) return [];
  const lists = AUTHORS.map((author) => shelf.list(author).map(sent));
  return [`Shown ${JSON.stringify([state.data, state.hasNext])} of ${JSON.stringify(lists)}`];
}

function createTransport(world: World, shelf: Shelf, isLossy: boolean): Transport {
  const { leg, send } = createNetwork(world);
  const isLost = (): boolean => isLossy && world.chance(0.1);
  return {
    call: (_fn, args, { onSend }) =>
      new Promise((resolve, reject) => {
        send(onSend, reject, () =>
          world.after(leg(), () => {
            const deed = DEEDS[Number(own(args, "deed"))] ?? prepend;
            const body = { result: null, ...deed(shelf, world.pick(AUTHORS), world) } as Body;
            if (isLost()) return world.after(leg(), () => reject(new TypeError("Lost")));
            return world.after(leg(), () => resolve({ status: 200, body }));
          }),
        );
      }),
    fetch: (_context, params, { onSend }) =>
      new Promise((resolve, reject) => {
        send(onSend, reject, () =>
          world.after(leg(), () => {
            const body = { posts: shelf.page(params) };
            if (isLost()) return world.after(leg(), () => reject(new TypeError("Lost")));
            return world.after(leg(), () => resolve({ status: 200, body }));
          }),
        );
      }),
  };
}
