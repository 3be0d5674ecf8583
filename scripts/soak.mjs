/**
 * The ordering model for long: `npm run soak` plays a million seeded runs of the client kernel against a
 * simulated server, names each seed that fails, and then goes through every order of three calls, a
 * foreign write and a refetch.
 *
 *   npm run soak -- --runs 100000 --from 1     how many runs, and the first seed; no orders
 *   npm run soak -- --runs 1 --from 4711       replays one seed
 *   npm run soak -- --orders                   the orders only
 *   npm run soak -- --pages --runs 20000       the same of lists that are read page by page
 *   npm run soak -- --http --runs 20000        the same over HTTP, where everything goes wrong on the way
 *
 * And the server: several processes, one Redis, and all that can happen to them; see spec/soak.
 *
 *   npm run soak -- --server --minutes 3       how long; `--short` is the form of the test run
 *   npm run soak -- --server --seed 4711       what visitors do, and what happens meanwhile
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { soakServer } from "../spec/soak/start.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string" },
    from: { type: "string", default: "1" },
    orders: { type: "boolean", default: false },
    pages: { type: "boolean", default: false },
    http: { type: "boolean", default: false },
    server: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    minutes: { type: "string", default: "3" },
    seed: { type: "string" },
  },
});
if (values.server) {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const minutes = values.short ? null : Number(values.minutes);
  console.log(`seed ${seed}`);
  process.exit((await soakServer({ minutes, seed })) ? 0 : 1);
}
const runs = Number(values.runs ?? (values.orders ? 0 : 1_000_000));
const from = Number(values.from);
const hasOrders = values.orders || values.runs === undefined;

/** The one that is played. */
let seed = from;
// A kernel that goes wrong may leave behind a promise that nobody handles, which ends all of this.
process.on("uncaughtExceptionMonitor", () => console.log(`seed ${seed}`));

const folder = await mkdtemp(join(tmpdir(), "mizan-soak-"));
try {
  const failed = await play();
  process.exitCode = failed ? 1 : 0;
} finally {
  await rm(folder, { recursive: true });
}

async function play() {
  if (values.pages) return soakOther((await load("pages")).runPages);
  if (values.http) return soakOther((await load("http/run")).runHttp);
  return soak();
}

async function soak() {
  const { run } = await load("run");
  const counts = { backward: 0, apart: 0, stale: 0, hung: 0 };
  const began = performance.now();
  for (seed = from; seed < from + runs; seed++) {
    const verdict = await run(seed);
    for (const kind of Object.keys(counts)) {
      if (!verdict[kind].length) continue;
      if (counts[kind]++ < 5) console.log(`seed ${seed} ${kind}: ${verdict[kind][0]}`);
    }
    if ((seed - from + 1) % 100_000 === 0) console.log(`${seed - from + 1} runs`, counts);
  }
  console.log(`${runs} runs in ${secondsSince(began)} s:`, counts);
  const failures = hasOrders ? await exploreOrders() : 0;
  return failures + Object.values(counts).reduce((sum, count) => sum + count);
}

/** Of a model whose run answers what went wrong. */
async function soakOther(run) {
  const began = performance.now();
  let failures = 0;
  for (seed = from; seed < from + runs; seed++) {
    const [fault] = await run(seed);
    if (fault && failures++ < 5) console.log(`seed ${seed}: ${fault}`);
  }
  console.log(`${runs} runs in ${secondsSince(began)} s: ${failures} failed`);
  return failures;
}

async function exploreOrders() {
  const { explore } = await load("interleavings");
  const kinds = ["merge", "invalidate"];
  let failures = 0;
  for (const first of kinds) {
    for (const second of kinds) {
      for (const third of kinds) {
        const began = performance.now();
        const calls = [first, second, third];
        const { states, backward, stale } = await explore({
          calls,
          foreignWrites: 1,
          refetches: 1,
        });
        console.log(`${calls.join(", ")}: ${states} states in ${secondsSince(began)} s`);
        for (const path of [...backward, ...stale].slice(0, 3)) console.log(`  fails: ${path}`);
        failures += backward.length + stale.length;
      }
    }
  }
  return failures;
}

/** A module of the model, as Node can run it. */
async function load(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`../runtime/client/model/${name}.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
  });
  return import(outfile);
}

function secondsSince(began) {
  return ((performance.now() - began) / 1000).toFixed(1);
}
