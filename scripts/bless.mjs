/**
 * `npm run bless`: rewrites the expectations kept in files to what the code answers now, and what is generated
 * for the applications in `spec/`. Review the diff: what is committed is what is meant.
 *
 * Without arguments, all suites that keep any; arguments choose among them, as for jest:
 * `npm run bless -- spec/conformance/diagnostics`. Refused under continuous integration, which must only ever
 * compare.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./setup.mjs";

const keepsFiles = /\/support\/(golden|current)\.js"/;

/** Those that say so by what they import. */
function suitesWithFiles() {
  return readdirSync(join(root, "spec"), { recursive: true })
    .filter((path) => path.endsWith(".test.ts") && !path.includes("node_modules"))
    .map((path) => join("spec", path))
    .filter((path) => keepsFiles.test(readFileSync(join(root, path), "utf8")));
}

if (process.env.CI) {
  console.error("bless: refused where CI is set; run it on your machine and commit the diff");
  process.exitCode = 1;
} else {
  const chosen = process.argv.slice(2);
  const suites = chosen.length > 0 ? chosen : suitesWithFiles();
  process.exitCode = run("node", ["node_modules/jest/bin/jest.js", ...suites], {
    env: { ...process.env, MIZAN_BLESS: "1" },
  });
}
