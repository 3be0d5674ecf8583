/**
 * Watches what all places of one client show, and knows what must hold of it:
 *
 * - no cell of any instance is shown older than it was shown before, not even across unmounting, garbage collection
 *   and changes of identity;
 * - what a call is expected to change is shown until its effect is, with nothing older between the two;
 * - what one answer made stale is shown together;
 * - at rest, nothing is only expected, nothing waits, and what is shown as fresh is what this client's calls, and the
 *   effects it received, have made of it, or newer.
 */
import type { Client } from "../client.js";
import { observe } from "../watch.js";
import { cellsShown, PLACES, type Place } from "./contract.js";
import type { Ledger } from "./ledger.js";
import type { CellName, Server } from "./server.js";
import { watchGroups } from "./together.js";
import { look } from "./views.js";
import type { World } from "./world.js";

export interface Verdict {
  /** Something older was shown after something newer. */
  readonly backward: string[];
  /** What one answer made stale was not shown together. */
  readonly apart: string[];
  /** At rest, something was shown as fresh that the client had been told is old. */
  readonly stale: string[];
  /** At rest, something was still waited for, or only expected. */
  readonly hung: string[];
}

export interface Audience {
  /** To be called whenever something may have changed. */
  readonly check: () => void;
  /** To be called once, when nothing happens any more. */
  readonly atRest: (isMounted: (place: Place) => boolean) => Verdict;
}

export function createAudience(
  world: World,
  client: Client,
  server: Server,
  ledger: Ledger,
): Audience {
  const verdict: Verdict = { backward: [], apart: [], stale: [], hung: [] };
  const findLate = watchGroups(world, client);
  const places = PLACES.map((place) => ({
    place,
    handle: look(client, place, observe),
    /** By cell: the oldest version that what is shown may come from. */
    shown: new Map<CellName, number>(),
    /** By cell: the call whose expectation is shown. */
    expected: new Map<CellName, number>(),
    last: undefined as unknown,
  }));

  const check = (): void => {
    verdict.apart.push(...findLate().map((key) => `${key} was left behind`));
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
          ...(status === "success" ? (ledger.answered.get(call) ?? []) : []).map(
            ([name, written]) => (name === cell ? written : 0),
          ),
        );
        const now = version ?? server.history(cell).indexOf(false, before);
        if (now < before) verdict.backward.push(`${cell}: ${now} after ${before}`);
        shown.set(cell, now);
      }
    }
  };

  const atRest: Audience["atRest"] = (isMounted) => {
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
        const owed = ledger.owed(cell);
        if (version !== null && version < 0) verdict.hung.push(`${name} ${cell} is expected`);
        const latest = version ?? server.history(cell).lastIndexOf(false);
        if (latest < owed)
          verdict.stale.push(`${name} ${cell}: ${latest} instead of ${owed} (${shown.get(cell)})`);
      }
    }
    return verdict;
  };

  return { check, atRest };
}
