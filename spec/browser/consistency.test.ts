/**
 * What the report of the benchmark says of ours (spec/bench/reports/consistency.md), in Chromium and with the built
 * packages: one request with `merge` and two with `affects`, never some views new and some old, five renders, and
 * no line of refresh code. Times are not held here.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

interface Row {
  readonly name: string;
  readonly lines: { readonly code: number; readonly contract: number };
  readonly scenarios: Readonly<Record<string, object>>;
}

test("one or two requests, no mixed window, five renders, no refresh code", () => {
  const script = join(__dirname, "../bench/peers.mjs");
  const args = [script, "consistency", "--ours", "--rounds", "1", "--json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  const rows: readonly Row[] = JSON.parse(stdout).consistency.rows;
  expect(rows.map(({ name, lines }) => [name, lines])).toEqual([
    ["ours-merge", { code: 0, contract: 4 }],
    ["ours-invalidate", { code: 0, contract: 4 }],
    // What is expected has to be said.
    ["ours-optimistic", { code: 9, contract: 4 }],
  ]);
  for (const { name, scenarios } of rows) {
    expect(Object.keys(scenarios)).toEqual(["0 ms", "50 ms", "200 ms", "skew"]);
    for (const measured of Object.values(scenarios)) {
      expect(measured).toMatchObject({
        requests: name === "ours-invalidate" ? 2 : 1,
        mixedMs: 0,
        mixedFrames: 0,
        renders: 5,
        bystanderRenders: 0,
        isRight: true,
      });
    }
  }
}, 120_000);
