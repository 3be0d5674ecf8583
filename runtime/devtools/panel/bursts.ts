import type { Entry } from "../timeline.js";

/** What happened without a pause: its bars share one scale, so that they can be compared. */
export interface Burst {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly startedAt: number;
  /** Of what is under way, now. */
  readonly endedAt: number;
}

/** After so many milliseconds in which nothing was under way the next burst begins. */
const PAUSE_MS = 400;
/** A bar fills its row only if it took longer. */
const SHORTEST_MS = 20;

/** Newest burst first. */
export const toBursts = (entries: readonly Entry[], now: number): readonly Burst[] => {
  const bursts: { entries: Entry[]; startedAt: number; endedAt: number }[] = [];
  for (const entry of entries) {
    const { startedAt } = entry;
    const endedAt = Math.max(startedAt, entry.endedAt ?? now);
    const last = bursts.at(-1);
    if (last && startedAt - last.endedAt < PAUSE_MS) {
      last.entries.push(entry);
      last.endedAt = Math.max(last.endedAt, endedAt);
    } else {
      bursts.push({ entries: [entry], startedAt, endedAt });
    }
  }
  return bursts.reverse();
};

/** Where a bar stands in its burst, in percent of the width. */
export const barOf = (
  { startedAt, endedAt }: Burst,
  entry: Entry,
  now: number,
): { readonly left: number; readonly width: number } => {
  const span = Math.max(SHORTEST_MS, endedAt - startedAt);
  const left = ((entry.startedAt - startedAt) / span) * 100;
  const width = (((entry.endedAt ?? now) - entry.startedAt) / span) * 100;
  return { left: clamp(left, 0, 100), width: clamp(width, 0, 100 - clamp(left, 0, 100)) };
};

const clamp = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));
