/** Time per stage, for `--stats`. */
import type { Clock } from "./host.js";

/** Milliseconds. A stage that ran several times is listed once, with the sum. */
export type Timing = { readonly stage: string; readonly milliseconds: number };

export type Stopwatch = {
  time<T>(stage: string, action: () => T): T;
  timeAsync<T>(stage: string, action: () => Promise<T>): Promise<T>;
  /** In the order in which the stages first ran. */
  timings(): readonly Timing[];
};

export function createStopwatch(clock: Clock): Stopwatch {
  const spent = new Map<string, number>();
  const add = (stage: string, since: number): void => {
    spent.set(stage, (spent.get(stage) ?? 0) + clock.elapsed() - since);
  };
  return {
    time(stage, action) {
      const since = clock.elapsed();
      try {
        return action();
      } finally {
        add(stage, since);
      }
    },
    async timeAsync(stage, action) {
      const since = clock.elapsed();
      try {
        return await action();
      } finally {
        add(stage, since);
      }
    },
    timings: () => [...spent].map(([stage, milliseconds]) => ({ stage, milliseconds })),
  };
}
