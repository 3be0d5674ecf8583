/** How commands speak: reports and counts, in the style that their stream allows. */
import { isAbsolute, relative, sep } from "node:path";
import type { Diagnostic } from "../ir/diagnostics/diagnostic.js";
import { sortDiagnostics } from "../ir/diagnostics/sort.js";
import type { SourceFile } from "../ir/source/source.js";
import type { Host } from "./host.js";
import { countSeverities, toSummary } from "./report/count.js";
import { renderPretty } from "./report/pretty.js";
import { ansiStyle, plainStyle } from "./report/style.js";

/** A path as people see it: relative to the working directory unless that only makes it longer; with `/`. */
export function toShown(cwd: string, path: string): string {
  const way = relative(cwd, path);
  if (way === "") return ".";
  const far = way.startsWith(`..${sep}..${sep}..`);
  return (far || isAbsolute(way) ? path : way).split(sep).join("/");
}

/** Diagnostics for people, as standard error shows them, with a count when there is more than one. */
export function toReport(
  host: Host,
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): string {
  if (diagnostics.length === 0) return "";
  const { colour, width } = host.terminal;
  const sorted = sortDiagnostics(diagnostics);
  const style = colour.err ? ansiStyle : plainStyle;
  const report = `${renderPretty(sorted, sources, { style, width })}\n`;
  return sorted.length > 1 ? `${report}${toSummary(countSeverities(sorted))}\n` : report;
}

/** Prints a report on standard error. */
export function showDiagnostics(
  host: Host,
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): void {
  host.terminal.err(toReport(host, diagnostics, sources));
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** `1 file`, `3 files`. */
export function toCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
