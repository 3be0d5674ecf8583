/**
 * One run of the model: the real kernel against a server of linear histories, and everything else drawn
 * from a seed. It holds what the ordering rules of `spec/runtime.md` promise:
 *
 * - at every notification, and after everything that happens, no cell of any instance is shown older than
 *   it was shown before, not even across unmounting, garbage collection and changes of identity;
 * - what a call is expected to change is shown until its effect is, with nothing older between the two;
 * - at rest, nothing is only expected, nothing waits, and what is shown as fresh is what this client's calls, and the effects it
 *   received, have made of it, or newer.
 */
import { functionOf } from "../call.js";
import { createClient, type Client } from "../client.js";
import { describe, unboxed } from "../describe.js";
import { hydrate, type Snapshot } from "../hydrate.js";
import type { Draft } from "../optimism.js";
import type { Watch } from "../types.js";
import { observe, receive, watch } from "../watch.js";
import {
  cellsShown,
  contract,
  PLACES,
  slotNow,
  teamContext,
  userContext,
  type Place,
  type TeamData,
  type UserData,
  type UserParams,
} from "./contract.js";
import { MUTATIONS } from "./mutations.js";
import { createServer, ELEMENTS, type ListElement, type Server } from "./server.js";
import { createTransport, type Answered, type Args } from "./transport.js";
import { createWorld, enter, type World } from "./world.js";

export interface Verdict {
  /** Something older was shown after something newer. */
  readonly backward: string[];
  /** At rest, something was shown as fresh that the client had been told is old. */
  readonly stale: string[];
  /** At rest, something was still waited for, or only expected. */
  readonly hung: string[];
}

interface Drafts {
  readonly user: Draft<
    UserParams,
    { readonly profile: { v: number }; orders: readonly ListElement[] }
  >;
}

const mutate = functionOf(contract)<Args, unknown, never, Drafts>("mutate");

/** While others happen, the run's clock and chance are the process's: runs must not overlap. */
export async function run(seed: number): Promise<Verdict> {
  const world = createWorld(seed);
  const leave = enter(world);
  try {
    return await play(world);
  } finally {
    leave();
  }
}

async function play(world: World): Promise<Verdict> {
  const server = createServer();
  const answered: Answered = new Map();
  const transport = createTransport(world, server, answered);
  const client = createClient({ transport, timeoutMs: 0, gcMs: 40 });
  const audience = createAudience(client, server, answered);
  let calls = 0;
  const mounted: { readonly place: Place; readonly handle: Watch<unknown> }[] = [];

  const mount = (): void => {
    const place = world.pick(PLACES);
    const handle = look(client, place, watch, world);
    handle.subscribe(audience.check);
    mounted.push({ place, handle });
  };
  const release = (): void => {
    const [gone] = mounted.splice(Math.floor(world.random() * mounted.length), 1);
    gone?.handle.release();
    // As when a component is moved: the same instance, in the same tick.
    if (gone && world.chance(0.2)) {
      gone.handle.retain();
      mounted.push(gone);
    }
  };
  const refetch = (): void => {
    if (mounted.length) world.pick(mounted).handle.refetch();
  };
  const call = (user = world.pick([1, 2]), aimed = 0.3): void => {
    const controller = new AbortController();
    if (world.chance(0.15)) world.after(20 * world.random(), () => controller.abort());
    const id = ++calls;
    const aim = { user, id: world.pick(ELEMENTS) };
    const element = { id: aim.id, v: -id };
    // No version of any cell is negative.
    const expectRename = (draft: Drafts): void =>
      draft.user({ user_id: user }, ({ profile }) => void (profile.v = -id));
    const expectElement = (draft: Drafts): void =>
      draft.user({ user_id: user }, (shown) => {
        shown.orders = [...shown.orders.filter((other) => other.id !== element.id), element];
      });
    const optimistic = world.chance(0.5) ? world.pick([expectRename, expectElement]) : undefined;
    const args = { id, aim: world.chance(aimed) ? aim : undefined };
    mutate(args, { client, signal: controller.signal, optimistic }).catch(() => undefined);
  };
  /** Reads that calls overtake one after the other, with merges between them. */
  const rush = (): void => {
    const user = world.pick([1, 2]);
    refetch();
    for (let count = 0; count < 4; count++) {
      world.after(count * 10 + 10 * world.random(), () => call(user, 0.8));
    }
  };
  const writeElsewhere = (): void => {
    const { effects, written } = world.pick(MUTATIONS)(world, server);
    if (world.chance(0.5)) return;
    world.after(20 * world.random(), () => {
      receive(client, effects);
      for (const [cell, version] of written) server.owe(cell, version);
    });
  };
  const happenings = [
    ...[mount, mount, mount, release, release, call, call, call, call, call, call],
    refetch,
    rush,
    writeElsewhere,
    () => (world.chance(0.3) ? client.reset() : undefined),
  ];

  // What the page was rendered from comes with it, part by part, before anything is let go of for good.
  if (world.chance(0.4)) {
    for (const place of PLACES) {
      if (world.chance(0.3)) continue;
      world.after(15 * world.random(), () => {
        const snapshot = snapshotOf(server, place);
        world.after(15 * world.random(), () => hydrate(client, snapshot));
      });
    }
  }
  if (world.chance(0.7)) mount();
  if (world.chance(0.7)) mount();
  const count = 3 + Math.floor(world.random() * 12);
  for (let index = 0; index < count; index++) {
    world.after(80 * world.random(), world.pick(happenings));
  }
  const ended = await world.run(audience.check);
  return audience.atRest(ended, (place) => mounted.some((other) => other.place === place));
}

/** What a page shows that was rendered from what the server says now. */
function snapshotOf(server: Server, place: Place): Snapshot {
  const context = place.context === "team" ? teamContext : userContext;
  const params = place.context === "team" ? {} : { user_id: place.user, kind: place.kind };
  const { key } = describe(context, params);
  const data = Object.fromEntries(
    Object.entries(context.slots).map(([slot, words]) => [
      slot,
      unboxed(words, slotNow(server, place, slot)),
    ]),
  );
  return { contexts: [{ contract: contract.hash, key, data, isStale: false }] };
}

/** Watches what all places show. */
function createAudience(client: Client, server: Server, answered: Answered) {
  const verdict: Verdict = { backward: [], stale: [], hung: [] };
  const places = PLACES.map((place) => ({
    place,
    handle: look(client, place, observe),
    /** By cell: the oldest version that what is shown may come from. */
    shown: new Map<string, number>(),
    /** By cell: the call whose expectation is shown. */
    expected: new Map<string, number>(),
    last: undefined as unknown,
  }));

  const check = (): void => {
    for (const seen of places) {
      const { place, handle, shown, expected, last } = seen;
      const { slots, status } = handle.getState();
      if (slots === last) continue;
      seen.last = slots;
      // Of what is not shown any more nothing is expected: a reset takes expectations along.
      const wasExpected = new Map(expected);
      expected.clear();
      for (const [cell, version] of cellsShown(place, slots)) {
        const call = wasExpected.get(cell);
        if (version !== null && version < 0) {
          expected.set(cell, -version);
          continue;
        }
        const before = Math.max(
          shown.get(cell) ?? 0,
          // A read that failed has nothing to show but what was there before.
          ...(status === "success" ? (answered.get(call) ?? []) : []).map(([name, written]) =>
            name === cell ? written : 0,
          ),
        );
        const now = version ?? server.cell(cell).history.indexOf(false, before);
        if (now < before) verdict.backward.push(`${cell}: ${now} after ${before}`);
        shown.set(cell, now);
      }
    }
  };

  const atRest = (ended: boolean, isMounted: (place: Place) => boolean): Verdict => {
    if (!ended) verdict.hung.push("asks without end");
    for (const { place, handle, shown } of places) {
      const { status, data, isFetching, isStale } = handle.getState();
      const name = JSON.stringify(place);
      if (isFetching) verdict.hung.push(`${name} is fetching`);
      if (isMounted(place) && data && isStale && status !== "error")
        verdict.stale.push(`${name} says so`);
      if (isMounted(place) && (status === "idle" || status === "loading"))
        verdict.hung.push(`${name} is ${status}`);
      if (!data || isStale || status === "error") continue;
      for (const [cell, version] of cellsShown(place, data)) {
        const { history, owed } = server.cell(cell);
        if (version !== null && version < 0) verdict.hung.push(`${name} ${cell} is expected`);
        const latest = version ?? history.lastIndexOf(false);
        if (latest < owed)
          verdict.stale.push(`${name} ${cell}: ${latest} instead of ${owed} (${shown.get(cell)})`);
      }
    }
    return verdict;
  };

  return { check, atRest };
}

/** The instance at a place, by one of the spellings of its params. */
function look(
  client: Client,
  place: Place,
  by: typeof watch,
  world?: World,
): Watch<UserData | TeamData> {
  if (place.context === "team") return by(client, teamContext, {});
  const { user, kind } = place;
  const user_id = world ? world.pick([user, String(user), `0${user}`]) : user;
  return by(
    client,
    userContext,
    kind === null && world?.chance(0.5) ? { user_id } : { user_id, kind },
  );
}
