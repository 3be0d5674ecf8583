/** Lists read page by page, under chance. `runtime/client/model/pages.ts` says what must hold. */
import { runPages } from "./model/pages.js";

const RUNS = 500;
/** A run takes some milliseconds; machines that do other things take much longer. */
const PATIENCE_MS = 120_000;

test(
  `${RUNS} random runs show what the server has, from its first element on`,
  async () => {
    const failures: string[] = [];
    for (let seed = 1; seed <= RUNS && failures.length < 5; seed++) {
      const faults = await runPages(seed);
      if (faults.length) failures.push(`seed ${seed}: ${faults.slice(0, 3).join("; ")}`);
    }
    expect(failures).toEqual([]);
  },
  PATIENCE_MS,
);
