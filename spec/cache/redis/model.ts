/**
 * A seeded run of several caches on one store, in real time: reads and writes come from all of them at once,
 * loaders are slow, and meanwhile whatever `troubles` holds befalls the store.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Cache, ContextPlan, Found } from "@mizan/runtime/cache";
import { createChance } from "../../support/random.js";
import { bundleOf } from "../plans.js";
import { fallenBelow, Truth, type Versions } from "../truth.js";

export type Trouble = () => Promise<unknown>;

export type Play = {
  readonly seed: number;
  readonly caches: readonly Cache[];
  readonly plans: readonly ContextPlan[];
  readonly steps: number;
  /** One of about `every` steps is trouble. */
  readonly troubles: readonly Trouble[];
  readonly every: number;
};

export type Played = {
  readonly faults: readonly string[];
  readonly hits: number;
  readonly reads: number;
};

export async function play({ seed, caches, plans, steps, troubles, every }: Play): Promise<Played> {
  const chance = createChance(seed);
  const truth = new Truth(plans, chance);
  const faults: string[] = [];
  const open = new Set<Promise<unknown>>();
  let hits = 0;
  let reads = 0;
  let trouble: Promise<unknown> | null = null;

  const begin = (task: Promise<unknown>): void => {
    const done = task
      .catch((error: unknown) => faults.push(String(error)))
      .finally(() => open.delete(done));
    open.add(done);
  };

  const read = async (): Promise<void> => {
    const cache = chance.pick(caches);
    const { entry, cells } = truth.question();
    const floor = truth.floor(cells);
    const waits = [chance.int(4), chance.int(4)] as const;
    const found: Found | null = await cache.load(entry, async () => {
      if (waits[0] > 1) await sleep(waits[0]);
      const shown = truth.show(cells);
      if (waits[1] > 1) await sleep(waits[1]);
      return bundleOf(shown);
    });
    reads += 1;
    if (found?.hit === true) hits += 1;
    const shown: Versions = found === null ? {} : JSON.parse(found.bundle.body);
    for (const cell of fallenBelow(shown, floor)) {
      faults.push(
        `${cell} ${found?.hit ? "hit" : "loaded"} at ${shown[cell]}, below ${floor[cell]}`,
      );
    }
  };

  const write = async (): Promise<void> => {
    const { cell, scope } = truth.write();
    const version = truth.show([cell])[cell] ?? 0;
    await chance.pick(caches).purge([scope]);
    truth.written(cell, version);
  };

  for (let step = 0; step < steps; step += 1) {
    if (trouble === null && troubles.length > 0 && chance.one(every)) {
      trouble = chance
        .pick(troubles)()
        .finally(() => {
          trouble = null;
        });
      begin(trouble);
    } else begin(chance.one(6) ? write() : read());
    if (chance.one(3)) await sleep(chance.int(3));
  }
  while (open.size > 0) await Promise.all(open);
  return { faults, hits, reads };
}
