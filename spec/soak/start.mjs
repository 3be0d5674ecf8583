/**
 * `npm run soak -- --server [--minutes N] [--seed S]`: bundles the processes and the driver, as Node does not read
 * TypeScript, and runs them. `--short` is what the test run takes.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");

/** `minutes` null: the short form. Answers whether all was well. */
export async function soakServer({ minutes, seed }) {
  // So that whoever stops it stops Redis and the processes, too, which end with this one.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  // Inside the repository, so that packages are found from there.
  const folder = await mkdtemp(join(root, "node_modules/.cache/mizan-soak-"));
  try {
    const bundle = await bundles(folder);
    const { soak } = await import(pathToFileURL(bundle("driver")).href);
    const length =
      minutes === null
        ? { seconds: 8, visitors: 12, quietMs: 500 }
        : { seconds: minutes * 60, visitors: 16, quietMs: 1500 };
    const script = bundle("server");
    const summary = await soak({ seed, script, say: (line) => console.log(line), ...length });
    tell(summary);
    // On a busy machine the short form may find nothing cached.
    const isQuiet = summary.merges === 0 || (minutes !== null && summary.hits === 0);
    if (isQuiet) console.log("nothing was cached, or nothing merged: this soaked nothing");
    const isWell = summary.faultCounts.size === 0 && !isQuiet;
    if (!isWell) {
      const length = minutes === null ? "--short" : `--minutes ${minutes}`;
      console.log(`again: npm run soak -- --server ${length} --seed ${seed}`);
    }
    return isWell;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundles(folder) {
  const at = (name) => join(folder, `${name}.mjs`);
  await build({
    entryPoints: [
      { in: join(here, "driver/run.ts"), out: "driver" },
      { in: join(here, "server/main.ts"), out: "server" },
    ],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // CommonJS packages: in a bundle of modules they find no `require`.
    external: ["express", "@fastify/busboy", "ioredis", "jose"],
    tsconfig: join(root, "tsconfig.json"),
    sourcemap: "inline",
    logLevel: "warning",
  });
  return at;
}

function tell({ faultCounts, troubles, ...rest }) {
  for (const [name, times] of troubles) console.log(`${String(times).padStart(5)} × ${name}`);
  for (const [name, value] of Object.entries(rest)) console.log(`${name}: ${value}`);
  console.log(
    faultCounts.size === 0
      ? "no faults"
      : `faults: ${JSON.stringify(Object.fromEntries(faultCounts))}`,
  );
}
