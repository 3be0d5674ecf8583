/** Ten thousand seeded runs of the memory cache: no reader is shown what a purge before it made stale. */
import { runMemory } from "./memory-model.js";

test("after a purge nobody is shown anything from before it", async () => {
  let hits = 0;
  let reads = 0;
  for (let seed = 1; seed <= 10_000; seed += 1) {
    const run = await runMemory(seed);
    if (run.faults.length > 0) throw new Error(`seed ${seed}: ${run.faults.join("; ")}`);
    hits += run.hits;
    reads += run.reads;
  }
  // A cache that never answers is never wrong.
  expect(hits / reads).toBeGreaterThan(0.15);
}, 60_000);
