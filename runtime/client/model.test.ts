/** The ordering rules under chance. `npm run soak -- --from 123 --runs 1` replays a seed. */
import { run } from "./model/run.js";

const RUNS = Number(process.env["MODEL_RUNS"] ?? 10_000);

test(`${RUNS} random runs show nothing backward, stale or hung`, async () => {
  const failures: string[] = [];
  for (let seed = 1; seed <= RUNS && failures.length < 5; seed++) {
    const verdict = await run(seed);
    const faults = [...verdict.backward, ...verdict.stale, ...verdict.hung];
    if (faults.length) failures.push(`seed ${seed}: ${JSON.stringify(verdict)}`);
  }
  expect(failures).toEqual([]);
}, 300_000);
