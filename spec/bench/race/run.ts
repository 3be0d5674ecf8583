/**
 * One seeded run of one cache against the simulated server: components come and go, mutations are called, others
 * write, requests are delayed and fail. Counted are
 *
 * - *backward steps*: a component shows a value of the server older than one that it showed before, or one from
 *   before a mutation of this client that it had shown as done and that was carried out;
 * - *wrong final states*: at rest a mounted component shows, without an error, less than what this client's own
 *   mutations made of it, or nothing at all. Those of mutations whose answer was lost are told apart, as no
 *   client can know.
 *
 * Writes of others are silent: nobody owes them to anybody, but a read may have seen them.
 */
import { createServer } from "../../../runtime/client/model/server.js";
import { createWorld, enter, type World } from "../../../runtime/client/model/world.js";
import { createBackend, type Outcome } from "./backend.js";
import type { Cache, OpenCache } from "./cache.js";
import { createScreen } from "./screen.js";
import { ELEMENTS, QUERIES, write, type Mutation, type Query } from "./app.js";

export interface Verdict {
  readonly backward: number;
  /** Queries at rest, by why they are wrong. */
  readonly wrong: number;
  readonly wrongAfterLoss: number;
  readonly hung: number;
}

/** Runs must not overlap: while one lasts, its clock and its chance are the process's. */
export async function run(open: OpenCache, seed: number): Promise<Verdict> {
  const world = createWorld(seed);
  const leave = enter(world);
  try {
    return await play(world, open);
  } finally {
    leave();
  }
}

async function play(world: World, open: OpenCache): Promise<Verdict> {
  const server = createServer();
  const outcomes = new Map<number, Outcome>();
  const mounted: { readonly query: Query; readonly unmount: () => void }[] = [];
  const isMounted = (query: Query): boolean => mounted.some((other) => other.query === query);
  const screen = createScreen(server, outcomes);
  const look = (): void => {
    for (const query of QUERIES.filter(isMounted)) {
      const { data, isError } = cache.shown(query);
      // What stands beside an error says itself that it may be old.
      if (!isError) screen.see(query, data);
    }
  };
  const cache: Cache = open(createBackend(world, server, outcomes), look);

  let calls = 0;
  const draw = (): Mutation => {
    const call = ++calls;
    const user = world.pick([1, 2] as const);
    const id = world.pick(ELEMENTS);
    const kind = world.pick([
      ...(["rename", "rename", "place", "place", "remove", "count", "renameAndCount"] as const),
    ]);
    return { call, kind, user, id } as Mutation;
  };
  const mount = (): void => {
    const query = world.pick(QUERIES);
    mounted.push({ query, unmount: cache.mount(query) });
  };
  const unmount = (): void =>
    mounted.splice(Math.floor(world.random() * mounted.length), 1)[0]?.unmount();
  const mutate = (): void => cache.mutate(draw());
  const refetch = (): void => {
    if (mounted.length) cache.refetch(world.pick(mounted).query);
  };
  const writeElsewhere = (): void => void write(server, draw());
  const happenings = [
    ...[mount, mount, mount, unmount, unmount],
    ...[mutate, mutate, mutate, mutate, mutate, mutate, refetch, writeElsewhere, writeElsewhere],
  ];

  mount();
  mount();
  const count = 3 + Math.floor(world.random() * 12);
  for (let index = 0; index < count; index++) {
    world.after(80 * world.random(), world.pick(happenings));
  }
  const ended = await world.run(look);
  const verdict = { backward: screen.backward(), wrong: 0, wrongAfterLoss: 0, hung: 0 };
  if (!ended) verdict.hung++;
  for (const query of QUERIES.filter(isMounted)) {
    const { data, isFetching, isError } = cache.shown(query);
    if (isFetching) verdict.hung++;
    else if (isError) continue;
    else if (data === undefined || screen.isBehind(query, data, true)) verdict.wrong++;
    else if (screen.isBehind(query, data, false)) verdict.wrongAfterLoss++;
  }
  cache.close();
  // What is left of it must not meet the next run.
  await world.run(() => undefined);
  return verdict;
}
