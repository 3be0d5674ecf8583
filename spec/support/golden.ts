/**
 * Expectations kept in files, reviewed as diffs.
 *
 * A missing, different or orphaned file fails and names the command that rewrites it. `npm run bless` sets
 * `MIZAN_BLESS=1`, under which the files are written instead; continuous integration never does.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const root = join(__dirname, "../..");
const blessing = process.env.MIZAN_BLESS === "1";
const advice = "`npm run bless` rewrites it; then review the diff";

/** Fails unless the file at `path` holds exactly `actual`. */
export function expectGolden(path: string, actual: string): void {
  const expected = existsSync(path) ? readFileSync(path, "utf8") : null;
  if (expected === actual) return;
  if (blessing) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  if (expected === null) throw new Error(`${shown(path)} is missing. ${advice}.\n\n${actual}`);
  // The first line of both sides stands above the difference that jest shows.
  const head = `${shown(path)} is stale. ${advice}.`;
  expect(`${head}\n${actual}`).toBe(`${head}\n${expected}`);
}

/** Fails when one of `paths`, expectations on disk, is none that `expected` knows. */
export function expectNoOrphans(paths: readonly string[], expected: ReadonlySet<string>): void {
  const orphans = paths.filter((path) => !expected.has(path));
  if (blessing) for (const path of orphans) rmSync(path);
  else expect(orphans.map((path) => `${shown(path)} belongs to nothing. ${advice}.`)).toEqual([]);
}

function shown(path: string): string {
  return relative(root, path).split(sep).join("/");
}
