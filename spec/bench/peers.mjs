/** Ours beside the peers: see `--help`. Asserts nothing. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HELP = `node spec/bench/peers.mjs [consistency] [first-load] [race] [sizes] [--write] [--json] [--ours]
                          [--rounds N] [--runs N]

  consistency   from a mutation to a page that is right, in Chromium
  first-load    eight reads, one of them slow, in Chromium
  race          wrong states in random runs against a simulated server
  sizes         bytes that a page loads, and what many instances cost

Without a name: all. Needs \`npm run build\`; installs the peers into spec/bench/peers when they are missing.

  --write       writes spec/bench/reports, from what was measured now and, for other parts, before
  --report      measures nothing, and writes them from what was measured before
  --json        prints what was measured as JSON, and nothing else
  --ours        ours alone, for which nothing is installed (consistency and race)
  --rounds N    rounds in the browser, default 7
  --runs N      random runs of each cache, default 10000
`;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const parts = {
  consistency: async ({ rounds, isOursOnly, say }) => {
    const { measureConsistency } = await import("./consistency/measure.mjs");
    return { rounds, rows: await measureConsistency({ rounds, isOursOnly, say }) };
  },
  "first-load": async ({ rounds, say }) => {
    const { measureFirstLoad } = await import("./consistency/first-load.mjs");
    return { rounds, rows: await measureFirstLoad({ rounds, say }) };
  },
  race: async ({ runs, isOursOnly, say }) => {
    const { race } = await import("./race/race.mjs");
    return { runs, rows: await race({ runs, isOursOnly, say }) };
  },
  sizes: async ({ rounds, say }) => {
    const { measureSizes } = await import("./sizes.mjs");
    const { measureInstances } = await import("./instances.mjs");
    const rows = await measureSizes({ say });
    return { rows, instances: { rounds, ...measureInstances({ rounds }) } };
  },
};

const options = readOptions();
// Libraries are slower, and check more, where this is not said.
process.env.NODE_ENV = "production";
if (options.chosen.length > 0) {
  requireBuild();
  if (!options.isOursOnly) installPeers();
}

const measured = {};
for (const name of options.chosen) {
  options.say(`${name} …`);
  measured[name] = await parts[name](options);
}
if (options.json) console.log(JSON.stringify(measured));
else for (const { rows } of Object.values(measured)) console.table(rows.map(flat));
if (options.write) await writeReports(measured);

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        report: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        ours: { type: "boolean", default: false },
        rounds: { type: "string", default: "7" },
        runs: { type: "string", default: "10000" },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
    if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(", ")}`);
    const [rounds, runs] = [values.rounds, values.runs].map(Number);
    if (!(rounds >= 1 && runs >= 1)) throw new Error("--rounds and --runs take a number from 1");
    const own = ["consistency", "race"];
    const all = positionals.length > 0 || values.report ? positionals : Object.keys(parts);
    return {
      rounds,
      runs,
      write: (values.write || values.report) && !values.ours,
      json: values.json,
      isOursOnly: values.ours,
      chosen: values.ours ? all.filter((name) => own.includes(name)) : all,
      say: values.json ? () => {} : (line) => console.log(line),
    };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

function requireBuild() {
  if (existsSync(at("../../runtime/dist/client/index.js"))) return;
  console.error("runtime/dist is missing: run `npm run build` first");
  process.exit(1);
}

function installPeers() {
  const peers = at("./peers");
  const lock = readFileSync(join(peers, "package-lock.json"), "utf8");
  const stamp = join(peers, "node_modules/.mizan-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error("installing the peers …");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: peers, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lock);
}

function flat({ scenarios, lines, ...row }) {
  const times = Object.entries(scenarios ?? {}).flatMap(([name, { consistentMs, mixedMs }]) => [
    [`ms ${name}`, Math.round(consistentMs)],
    [`mixed ${name}`, Math.round(mixedMs * 10) / 10],
  ]);
  const of = scenarios?.["50 ms"];
  const counts = of && { requests: of.requests, bytes: of.bytes, renders: of.renders };
  return { ...row, ...counts, ...Object.fromEntries(times), ...(lines && { lines: lines.code }) };
}

/** Parts may be measured at different times; what was measured last of each is kept beside the reports. */
async function writeReports(now) {
  const folder = at("./reports");
  mkdirSync(folder, { recursive: true });
  const { reportConsistency } = await import("./report/consistency.mjs");
  const { reportRace } = await import("./report/race.mjs");
  const { reportSizes } = await import("./report/sizes.mjs");
  const { format } = await import("prettier");

  const file = join(folder, "measured.json");
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const all = { ...before, ...now };
  writeFileSync(file, await format(JSON.stringify(all), { parser: "json", printWidth: 100 }));
  const texts = {
    ...(all.consistency &&
      all["first-load"] &&
      reportConsistency({ ...all.consistency, firstLoad: all["first-load"] })),
    ...(all.race && reportRace(all.race)),
    ...(all.sizes && reportSizes(all.sizes)),
  };
  for (const [name, text] of Object.entries(texts)) {
    const isMarkdown = name.endsWith(".md");
    writeFileSync(
      join(folder, name),
      isMarkdown ? await format(text, { parser: "markdown", printWidth: 100 }) : text,
    );
  }
}
