/**
 * A model of lists that are read page by page: the real kernel against a server that holds some lists, with calls,
 * page turns, refetches, delays and losses drawn from a seed. It holds that
 *
 * - no element is ever shown twice;
 * - at rest, what is shown is what the server has, from the first element on, each as it is now, nothing is only
 *   expected and nothing more waits; and there is a next page exactly if the server has more elements.
 */
import type { Body } from "../../wire/answer.js";
import { own } from "../../wire/json.js";
import { createClient } from "../client.js";
import { functionOf } from "../generated.js";
import type { Draft } from "../optimism.js";
import { observePages, type WatchedPages } from "../pages.js";
import type { Transport } from "../transport.js";
import { receive } from "../watch.js";
import { contract } from "./stage.js";
import { createNetwork } from "./network.js";
import {
  createShelf,
  DEEDS,
  nextId,
  postsPages,
  prepend,
  sent,
  type BlogParams,
  type Page,
  type Post,
  type Shelf,
} from "./shelf.js";
import { createWorld, enter, type World } from "./world.js";

interface Drafts {
  readonly blog: Draft<BlogParams, { readonly posts: { items: Post[] } }>;
}

const write = functionOf(contract)<object, unknown, never, Drafts>("write");

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
  for (const author of AUTHORS) {
    const length = Math.floor(12 * world.random());
    shelf.set(
      author,
      Array.from({ length }, (_, at) => ({ id: nextId(), v: 1, at })),
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
    // Answers that overtake each other.
    () => [call, call, call].forEach((each) => each()),
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
