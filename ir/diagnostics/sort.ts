/**
 * The one order in which diagnostics are shown and compared: by file, start, code. What every stage found
 * goes through here once, at the end; stages themselves need not care about order.
 */
import type { Diagnostic } from "./diagnostic.js";

/**
 * Sorted, with exact repetitions (same code, place and message) shown once. Diagnostics without a place
 * come first. Beyond start and code the end and the message decide, so that the order is total and two
 * runs print the same.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compare(previous, diagnostic) !== 0;
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  const here = a.primary?.span;
  const there = b.primary?.span;
  return (
    (here?.file ?? -1) - (there?.file ?? -1) ||
    (here?.start ?? -1) - (there?.start ?? -1) ||
    compareText(a.code, b.code) ||
    (here?.end ?? -1) - (there?.end ?? -1) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
