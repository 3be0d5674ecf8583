/**
 * `npm test`: installs what is missing, then runs everything. The last line is `N passed, N failed`.
 *
 * A suite that cannot run is reported as skipped, by name; with CI set that counts as a failure.
 * Arguments are handed to jest: `npm test -- ir/parse`.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackages, provideChromium, provideRedis, requireNode, run } from "./setup.mjs";
import { staticChecks } from "./check.mjs";

requireNode();
installPackages();

const chosen = process.argv.slice(2);
const ci = Boolean(process.env.CI);
let passed = 0;
let failed = 0;
const skipped = [];
const failures = [];

function count(name, ok) {
  if (ok) passed += 1;
  else {
    failed += 1;
    failures.push(name);
  }
}

const chromium = provideChromium();
const redis = provideRedis();
const ignored = ["--testPathIgnorePatterns", "/node_modules/"];
if (chromium === null) {
  skipped.push("spec/browser (no Chromium)");
  ignored.push("<rootDir>/spec/browser/");
}
if (redis === null) {
  skipped.push("spec/cache/redis (no Redis)");
  ignored.push("<rootDir>/spec/cache/redis/");
  skipped.push("spec/soak/soak.test.ts (no Redis)");
  ignored.push("<rootDir>/spec/soak/soak.test.ts");
}

console.log("Building …");
const built = run("node", ["scripts/build.mjs"]) === 0;
count("build", built);

if (chosen.length === 0) for (const check of staticChecks) count(check.name, check.run());

const scratch = mkdtempSync(join(tmpdir(), "mizan-test-"));
const report = join(scratch, "jest.json");
run(
  "node",
  [
    "node_modules/jest/bin/jest.js",
    // Before the last option, which would take them for its own.
    ...chosen,
    "--ci",
    // A test that failed in the middle may leave a server open; by then all results are written.
    "--forceExit",
    "--json",
    "--outputFile",
    report,
    ...ignored,
  ],
  {
    stdio: ["inherit", "ignore", "inherit"],
    env: { ...process.env, MIZAN_CHROMIUM: chromium ?? "", MIZAN_REDIS_SERVER: redis ?? "" },
  },
);
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  for (const suite of result.testResults) {
    const bad = suite.assertionResults.filter((test) => test.status === "failed");
    for (const test of bad)
      failures.push(`${suite.name.slice(process.cwd().length + 1)}: ${test.fullName}`);
    if (suite.status === "failed" && bad.length === 0) {
      failed += 1;
      failures.push(`${suite.name.slice(process.cwd().length + 1)}: did not run`);
    }
    for (const test of suite.assertionResults) {
      if (test.status === "pending" || test.status === "todo") skipped.push(test.fullName);
    }
  }
} catch (error) {
  count(`jest wrote no report (${error.message})`, false);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const name of skipped) console.log(`skipped: ${name}`);
if (ci && skipped.length > 0) {
  failed += skipped.length;
  failures.push(...skipped.map((name) => `skipped in CI: ${name}`));
}
for (const name of failures) console.log(`failed: ${name}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
