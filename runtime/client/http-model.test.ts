/**
 * The kernel over its own transport, under chance and trouble; `npm run soak -- --http` does more of it, and
 * `npm run soak -- --http --runs 1 --from 4711` plays one seed again. `model/http/run.ts` and `model/audience.ts` say
 * what must hold.
 */
import { runHttp } from "./model/http/run.js";

const RUNS = 2000;
/** A run takes some milliseconds; machines that do other things take much longer. */
const PATIENCE_MS = 120_000;

test(
  `${RUNS} random runs over HTTP show nothing backward, stale or hung`,
  async () => {
    const failures: string[] = [];
    for (let seed = 1; seed <= RUNS && failures.length < 5; seed++) {
      const faults = await runHttp(seed);
      if (faults.length) failures.push(`seed ${seed}: ${faults.slice(0, 3).join("; ")}`);
    }
    expect(failures).toEqual([]);
  },
  PATIENCE_MS,
);
