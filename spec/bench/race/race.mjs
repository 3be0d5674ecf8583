/**
 * The stale-write race: seeded random runs of a client's cache against a simulated server, and how often it
 * showed something older than before, or ended wrong. Peers in their documented best practice, ours as built.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleForNode } from "../bundle.mjs";
import { createFolder } from "../consistency/build.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Sums over seeds 1 to `runs`, and the first seeds with a fault, per subject. */
export async function race({ runs, isOursOnly = false, say = () => {} }) {
  const { run, openNaive, openOurs } = await load();
  const subjects = [
    { title: "Mizan, merge", isOurs: true, open: openOurs("merge") },
    { title: "Mizan, invalidate", isOurs: true, open: openOurs("invalidate") },
    {
      title: "Mizan, merge, optimistic",
      isOurs: true,
      isOptimistic: true,
      open: openOurs("merge", true),
    },
    {
      title: "Mizan, invalidate, optimistic",
      isOurs: true,
      isOptimistic: true,
      open: openOurs("invalidate", true),
    },
    { title: "by hand, the last answer wins", open: openNaive },
    ...(isOursOnly ? [] : await loadPeers()),
  ];
  const rows = [];
  for (const { title, isOurs = false, isOptimistic = false, open } of subjects) {
    const began = performance.now();
    const row = {
      title,
      isOurs,
      isOptimistic,
      runs,
      backward: 0,
      wrong: 0,
      wrongAfterLoss: 0,
      hung: 0,
    };
    const seeds = [];
    row.faultyRuns = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      const verdict = await run(open, seed);
      for (const key of ["backward", "wrong", "wrongAfterLoss", "hung"]) row[key] += verdict[key];
      if (!verdict.backward && !verdict.wrong && !verdict.wrongAfterLoss && !verdict.hung) continue;
      row.faultyRuns += 1;
      if (seeds.length < 3) seeds.push(seed);
    }
    rows.push({ ...row, seeds });
    say(`${title}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  return rows;
}

/** The model, and ours from the built packages; Node does not read TypeScript. */
async function load() {
  const script = await bundleForNode(join(createFolder(), "race.mjs"), {
    stdin: {
      contents: `export { run } from "./run.js"; export { openNaive } from "./naive.js"; export { openOurs } from "./ours.js";`,
      resolveDir: at("."),
      loader: "ts",
    },
    tsconfigRaw: {},
  });
  return import(pathToFileURL(script).href);
}

/** Libraries ask when they are loaded whether this is a browser, and behave otherwise where it is none. */
async function loadPeers() {
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("<!doctype html>", { url: "http://127.0.0.1/" });
  const { document, navigator } = window;
  Object.assign(globalThis, { window, document });
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  const modules = ["tanstack", "rtk", "swr"].map((name) => import(at(`../peers/race/${name}.mjs`)));
  return (await Promise.all(modules)).flatMap(({ subjects }) => subjects);
}
