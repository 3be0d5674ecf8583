/** A run as JSON: what `check --format json` says, and what happened to each file. */
import { sortDiagnostics } from "../../ir/diagnostics/sort.js";
import type { Generated } from "../generate.js";
import { renderJson } from "../report/json.js";
import type { Action } from "./actions.js";

/**
 * `{ files: [{ path, action }], milliseconds, layout, stages: { name: milliseconds }, diagnostics, errors,
 * warnings }`; paths relative to the working directory.
 */
export function toGenJson(
  result: Generated,
  actions: readonly Action[],
  milliseconds: number,
  show: (path: string) => string,
): string {
  const report: unknown = JSON.parse(
    renderJson(sortDiagnostics(result.diagnostics), result.sources),
  );
  const files = actions.map(({ action, path }) => ({ path: show(path), action }));
  const stages = Object.fromEntries(
    result.timings.map(({ stage, milliseconds: spent }) => [stage, round(spent)]),
  );
  const account = { files, milliseconds: round(milliseconds), layout: result.layout, stages };
  return `${JSON.stringify({ ...account, ...(isObject(report) ? report : {}) }, null, 2)}\n`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
