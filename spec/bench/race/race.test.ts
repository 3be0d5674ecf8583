/**
 * What the report of the race says of ours, in a bounded form and with the built package: no backward step, no
 * wrong final state. And that the race would see them: a cache by hand, in which the last answer wins, has many.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

interface Row {
  readonly title: string;
  readonly isOurs: boolean;
  readonly backward: number;
  readonly wrong: number;
  readonly wrongAfterLoss: number;
  readonly hung: number;
  readonly seeds: readonly number[];
}

const script = join(__dirname, "../peers.mjs");
const peers = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

test("ours shows nothing older and ends right, whatever overtakes what", () => {
  const { stdout, stderr } = peers("race", "--ours", "--runs", "800", "--json");
  expect(stderr).toBe("");
  const rows: readonly Row[] = JSON.parse(stdout).race.rows;
  const own = rows.filter(({ isOurs }) => isOurs);
  expect(own.map(({ title }) => title)).toEqual([
    "Mizan, merge",
    "Mizan, invalidate",
    "Mizan, merge, optimistic",
    "Mizan, invalidate, optimistic",
  ]);
  for (const row of own) {
    expect(row).toMatchObject({ backward: 0, wrong: 0, wrongAfterLoss: 0, hung: 0, seeds: [] });
  }
  const [naive] = rows.filter(({ isOurs }) => !isOurs);
  expect(naive?.backward).toBeGreaterThan(5);
  expect(naive?.wrong).toBeGreaterThan(5);
}, 120_000);

test.each([
  [["--runs", "none"], "--rounds and --runs take a number from 1"],
  [["--rounds", "0"], "--rounds and --runs take a number from 1"],
  [["speed"], "no such part: speed"],
  [["--fast"], "Unknown option '--fast'"],
])("refuses %j and says what there is", (args, message) => {
  const { status, stderr } = peers(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain("--write");
});
