import type { ReadEntry } from "../timeline.js";
import { barOf, toBursts } from "./bursts.js";

const read = (id: number, startedAt: number, endedAt: number | null): ReadEntry => ({
  kind: "read",
  id,
  startedAt,
  endedAt,
  key: "user[]",
  cause: undefined,
  reason: { kind: "reset" },
  outcome: endedAt === null ? "pending" : "done",
  drop: null,
  error: null,
  merged: [],
  changed: [],
  isStale: false,
});
const ids = (entries: readonly ReadEntry[], now = 10_000): number[][] =>
  toBursts(entries, now).map((burst) => burst.entries.map(({ id }) => id));

test("a pause ends a burst, and the newest burst comes first", () => {
  expect(ids([])).toEqual([]);
  expect(ids([read(1, 0, 50), read(2, 40, 90), read(3, 500, 510), read(4, 905, 910)])).toEqual([
    [3, 4],
    [1, 2],
  ]);
});

test("what is under way lasts until now", () => {
  expect(ids([read(1, 0, null), read(2, 9000, 9010)])).toEqual([[1, 2]]);
  expect(toBursts([read(1, 0, null)], 300)[0]?.endedAt).toBe(300);
  // A clock that is behind the events makes nothing negative.
  const early = toBursts([read(1, 100, null)], 50);
  expect(early[0]?.endedAt).toBe(100);
});

test("bars share the scale of their burst, and none leaves it", () => {
  const entries = [read(1, 100, 300), read(2, 200, 300), read(3, 300, null)];
  const [burst] = toBursts(entries, 250);
  if (!burst) throw new Error("no burst");
  expect(burst.entries.map((entry) => barOf(burst, entry, 250))).toEqual([
    { left: 0, width: 100 },
    { left: 50, width: 50 },
    { left: 100, width: 0 },
  ]);
});
