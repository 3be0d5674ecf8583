/** Medians, and whole processes measured from inside: CPU time, wall time, peak memory. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const usage = fileURLToPath(new URL("usage.cjs", import.meta.url));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A folder that is gone when `use` is done. */
export async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "mizan-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `node …args` once. Milliseconds and megabytes. */
export function runNode(args, { cwd }) {
  const file = join(cwd, `.usage-${process.hrtime.bigint()}`);
  const began = performance.now();
  const result = spawnSync(process.execPath, ["--require", usage, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, MIZAN_BENCH_USAGE: file, NO_COLOR: "1" },
  });
  const wallMs = performance.now() - began;
  if (result.status !== 0) throw new Error(`${args.join(" ")}: ${result.stdout}${result.stderr}`);
  const used = JSON.parse(readFileSync(file, "utf8"));
  rmSync(file);
  return { ...used, wallMs, stdout: result.stdout, stderr: result.stderr };
}

/** Medians of several measured runs. */
export function medianOf(runs, once) {
  const results = [];
  for (let index = 0; index < runs; index += 1) results.push(once(index));
  return {
    cpuMs: median(results.map((result) => result.cpuMs)),
    wallMs: median(results.map((result) => result.wallMs)),
    peakMb: median(results.map((result) => result.peakMb)),
    last: results.at(-1),
  };
}

export const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const mb = (value) => `${Math.round(value)} MB`;
export const times = (value) => `${value.toFixed(2)}×`;

export function table(title, head, rows) {
  console.log(`\n${title}`);
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all)
    console.log("  " + row.map((cell, column) => cell.padEnd(widths[column])).join("  "));
}
