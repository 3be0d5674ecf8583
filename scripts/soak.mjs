/**
 * The ordering model for long: `npm run soak` plays a million seeded runs of the client kernel against a
 * simulated server, and names each seed that fails.
 *
 *   npm run soak -- --runs 100000 --from 1     how many runs, and the first seed
 *   npm run soak -- --runs 1 --from 4711       replays one seed
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000000" },
    from: { type: "string", default: "1" },
  },
});
const [runs, from] = [Number(values.runs), Number(values.from)];

const folder = await mkdtemp(join(tmpdir(), "mizan-soak-"));
try {
  const outfile = join(folder, "run.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("../runtime/client/model/run.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
  });
  const { run } = await import(outfile);
  const counts = { backward: 0, stale: 0, hung: 0 };
  const began = performance.now();
  for (let seed = from; seed < from + runs; seed++) {
    const verdict = await run(seed);
    for (const kind of Object.keys(counts)) {
      if (!verdict[kind].length) continue;
      if (counts[kind]++ < 5) console.log(`seed ${seed} ${kind}: ${verdict[kind][0]}`);
    }
    if ((seed - from + 1) % 100_000 === 0) console.log(`${seed - from + 1} runs`, counts);
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`${runs} runs in ${seconds.toFixed(1)} s:`, counts);
  process.exitCode = Object.values(counts).some(Boolean) ? 1 : 0;
} finally {
  await rm(folder, { recursive: true });
}
