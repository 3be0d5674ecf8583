/**
 * `npm run bless`: rewrites the expectations kept in files to what the code answers now. Review the diff:
 * what is committed is what is meant.
 *
 * Arguments choose suites, as for jest: `npm run bless -- spec/diagnostics`. Refused under continuous
 * integration, which must only ever compare.
 */
import { run } from "./setup.mjs";

if (process.env.CI) {
  console.error("bless: refused where CI is set; run it on your machine and commit the diff");
  process.exitCode = 1;
} else {
  const suites = process.argv.slice(2);
  process.exitCode = run(
    "node",
    ["node_modules/jest/bin/jest.js", ...(suites.length > 0 ? suites : ["spec"])],
    { env: { ...process.env, MIZAN_BLESS: "1" } },
  );
}
