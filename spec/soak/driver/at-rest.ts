/** What visitors show when nothing is under way any more. */
import { groups } from "../server/store-names.js";
import type { Shown } from "./rows.js";
import type { Visitor } from "./visitor.js";
import type { World } from "./world.js";

/** Everybody shows at least what their own calls did. */
export function restCheck(visitors: readonly Visitor[]): void {
  for (const visitor of visitors) {
    for (const { name, shown } of visitor.shownAtRest()) visitor.witness.rested(name, shown);
  }
}

/** The contract's, in milliseconds, and by what clocks of two processes may differ. */
const TTL_MS = 1000;
const SLACK_MS = 250;

/**
 * Nothing was served for longer than its ttl. Whoever asks while others wait for the same gets what they get, so
 * the longest wait counts on top.
 */
export function checkAges(visitors: readonly Visitor[], { counts, faults }: World): void {
  const oldest = Math.max(...visitors.map(({ witness }) => witness.oldestBeat));
  const most = TTL_MS + SLACK_MS + counts.longestMs;
  if (oldest > most) faults.add("ttl", `a beat was ${oldest} ms old, of at most ${most}`);
}

/** What a process refused because it was ending was not carried out. */
export function checkRefused({ refused, history, faults }: World): void {
  for (const text of refused) {
    if (history.wasWritten(text)) faults.add("answer", `was refused and carried out: ${text}`);
  }
}

/**
 * Everybody who has just read shows what the record says. Before the cache was swept, rows are left out of which
 * nobody was promised to see the last write, as whoever wrote it was killed before it could purge.
 */
export function compareWithRecord(
  visitors: readonly Visitor[],
  world: World,
  { isSwept }: { readonly isSwept: boolean },
): void {
  for (const visitor of visitors) {
    for (const { name, shown } of visitor.shownAtRest()) {
      if (shown.group === groups.beats) continue;
      for (const text of differences(shown, world)) {
        const id = Number(text.split(":")[0]);
        if (!isSwept && world.promises.isUnpromised(shown.group, id)) continue;
        world.faults.add("at rest", `${name} is not what the record says: ${shown.group}/${text}`);
      }
    }
  }
}

/** Rows that are shown otherwise than they are, or that are missing: `id: shown, true`. */
function differences({ group, versions, isComplete }: Shown, { history }: World): string[] {
  const ids = new Set([...versions.keys(), ...(isComplete ? history.ids(group) : [])]);
  return Array.from(ids).flatMap((id) => {
    const truth = history.find(group, id)?.version ?? null;
    const shown = versions.get(id) ?? null;
    return shown === truth ? [] : `${id}: version ${shown}, not ${truth}`;
  });
}
