/** One seeded run of the memory cache: every step is chosen, nothing happens by itself. */
import type { Found } from "@mizan/runtime/cache";
import { createMemoryCache } from "../../runtime/cache/memory/memory-cache.js";
import { createChance } from "../support/random.js";
import { bundleOf, gate, planOf } from "./plans.js";
import { fallenBelow, Truth, type Versions } from "./truth.js";

export type Run = {
  readonly faults: readonly string[];
  readonly hits: number;
  readonly reads: number;
};

const FAILED = new Error("the loader failed");

export async function runMemory(seed: number): Promise<Run> {
  const chance = createChance(seed);
  let now = 0;
  const cache = createMemoryCache(
    { maxBytes: chance.pick([3000, 20_000, 1_000_000]), maxEntryBytes: 3000 },
    { now: () => now, random: () => chance.int(1000) / 1000 },
  );
  const truth = new Truth([planOf({ ttl: 10 })], chance);
  const faults: string[] = [];
  /** What a loader or a purge waits for, in no order. */
  const pending: (() => void)[] = [];
  const wait = (): Promise<void> => {
    const waiting = gate();
    pending.push(waiting.open);
    return waiting.promise;
  };
  let hits = 0;
  let reads = 0;
  const answers: Promise<void>[] = [];

  const read = (): void => {
    const { entry, cells } = truth.question();
    const floor = truth.floor(cells);
    const begunAt = now;
    let loadedAt: number | null = null;
    const ends = chance.int(12);
    const waits = [chance.one(3), chance.one(3)] as const;
    const answered = (found: Found | null): void => {
      if (found === null) return;
      reads += 1;
      if (found.hit) hits += 1;
      const shown: Versions & { readonly at: number } = JSON.parse(found.bundle.body);
      for (const cell of fallenBelow(shown, floor)) {
        faults.push(`${cell} shown at ${shown[cell]}, below ${floor[cell]}`);
      }
      if (found.hit && loadedAt === null && begunAt - shown.at >= 10_000)
        faults.push("kept too long");
    };
    const answer = cache.load(entry, async () => {
      if (waits[0]) await wait();
      const shown = { ...truth.show(cells), at: now };
      loadedAt = now;
      if (waits[1]) await wait();
      if (ends === 0) throw FAILED;
      return ends === 1 ? null : bundleOf(shown);
    });
    if (answer instanceof Promise) {
      answers.push(
        answer.then(answered, (error: unknown) => {
          if (error !== FAILED) faults.push(String(error));
        }),
      );
    } else answered(answer);
  };

  const write = async (): Promise<void> => {
    const { cell, scope } = truth.write();
    const version = truth.show([cell])[cell] ?? 0;
    await cache.purge([scope]);
    truth.written(cell, version);
  };

  for (let step = 0; step < 40; step += 1) {
    const what = chance.int(10);
    if (what < 6) read();
    else if (what < 7) await write();
    else if (what === 7) now += chance.int(4000);
    else pending.splice(chance.int(pending.length), 1)[0]?.();
    if (chance.one(2)) await settled();
  }
  const all = Promise.all(answers).then(() => true);
  while (!(await Promise.race([all, settled()]))) pending.splice(0).forEach((open) => open());
  cache.clear();
  if (cache.bytes !== 0) faults.push(`${cache.bytes} bytes are left of nothing`);
  return { faults, hits, reads };
}

/** Everything that only waits for promises has happened. */
async function settled(): Promise<false> {
  for (let tick = 0; tick < 12; tick += 1) await null;
  return false;
}
