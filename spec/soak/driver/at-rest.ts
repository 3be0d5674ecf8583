/** What visitors show when nothing is under way any more. */
import { groups } from "../server/store-names.js";
import type { Shown } from "./rows.js";
import type { Visitor } from "./visitor.js";
import type { World } from "./world.js";

/** Everybody shows at least what their own calls did. */
export function restCheck(visitors: readonly Visitor[], _world: World): void {
  for (const visitor of visitors) {
    for (const { name, shown } of visitor.shownAtRest()) visitor.witness.rested(name, shown);
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
