/**
 * `npm run check`: what can be said without running anything (format, lint, types, the bytes of clients), then
 * the structural suites: import boundaries, what pages refer to, template rules, and whether `generated/` is
 * current.
 */
import { pathToFileURL } from "node:url";
import { run } from "./setup.mjs";

/** Each one is counted as a test by `npm test`. */
export const staticChecks = [
  {
    name: "format (npm run format mends it)",
    run: () => npx("prettier", ["--check", "--log-level=warn", "."]),
  },
  { name: "lint", run: () => npx("oxlint", ["--quiet"]) },
  { name: "types", run: () => npx("tsc", []) },
  {
    name: "sizes (npm run size shows them)",
    run: () => run("node", ["scripts/size.mjs", "--quiet"]) === 0,
  },
];

function npx(command, args) {
  return run("npx", ["--no-install", command, ...args]) === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  let ok = true;
  for (const check of staticChecks) {
    const good = check.run();
    console.log(`${good ? "ok  " : "FAIL"}  ${check.name}`);
    ok &&= good;
  }
  const structural = ["spec/structure", "generated"];
  if (run("npx", ["--no-install", "jest", "--ci", ...structural]) !== 0) ok = false;
  process.exitCode = ok ? 0 : 1;
}
