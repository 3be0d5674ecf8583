/**
 * One run of the model: the real kernel against a server of linear histories, and everything else drawn
 * from a seed. It holds what the ordering rules of `spec/runtime.md` promise:
 *
 * - at every notification, and after everything that happens, no cell of any instance is shown older than
 *   it was shown before, not even across unmounting, garbage collection and changes of identity;
 * - at rest, nothing waits, and what is shown as fresh is what this client's calls, and the effects it
 *   received, have made of it, or newer.
 */
import { functionOf } from "../call.js";
import { createClient, type Client } from "../client.js";
import type { NoInput, Watch } from "../types.js";
import { observe, receive, watch } from "../watch.js";
import {
  cellsShown,
  contract,
  PLACES,
  teamContext,
  userContext,
  type Place,
  type TeamData,
  type UserData,
} from "./contract.js";
import { MUTATIONS } from "./mutations.js";
import { createServer, type Server } from "./server.js";
import { createTransport } from "./transport.js";
import { createWorld, enter, type World } from "./world.js";

export interface Verdict {
  /** Something older was shown after something newer. */
  readonly backward: string[];
  /** At rest, something was shown as fresh that the client had been told is old. */
  readonly stale: string[];
  /** At rest, something was still waited for. */
  readonly hung: string[];
}

const mutate = functionOf(contract)<NoInput, unknown, never>("mutate");

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
  const transport = createTransport(world, server);
  const client = createClient({ transport, timeoutMs: 0, gcMs: 40 });
  const audience = createAudience(client, server);
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
  const call = (): void => {
    const controller = new AbortController();
    if (world.chance(0.15)) world.after(20 * world.random(), () => controller.abort());
    mutate({}, { client, signal: controller.signal }).catch(() => undefined);
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
    writeElsewhere,
    () => (world.chance(0.3) ? client.reset() : undefined),
  ];

  mount();
  if (world.chance(0.7)) mount();
  const count = 3 + Math.floor(world.random() * 12);
  for (let index = 0; index < count; index++) {
    world.after(80 * world.random(), world.pick(happenings));
  }
  const ended = await world.run(audience.check);
  return audience.atRest(ended, (place) => mounted.some((other) => other.place === place));
}

/** Watches what all places show. */
function createAudience(client: Client, server: Server) {
  const verdict: Verdict = { backward: [], stale: [], hung: [] };
  const places = PLACES.map((place) => ({
    place,
    handle: look(client, place, observe),
    /** By cell: the oldest version that what is shown may come from. */
    shown: new Map<string, number>(),
    last: undefined as unknown,
  }));

  const check = (): void => {
    for (const seen of places) {
      const { place, handle, shown, last } = seen;
      const { slots } = handle.getState();
      if (slots === last) continue;
      seen.last = slots;
      for (const [cell, version] of cellsShown(place, slots)) {
        const before = shown.get(cell) ?? 0;
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
