/** How many diagnostics of each severity there are, as numbers and as words. */
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";

export type SeverityCounts = { readonly errors: number; readonly warnings: number };

export function countSeverities(diagnostics: readonly Diagnostic[]): SeverityCounts {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  return { errors, warnings: diagnostics.length - errors };
}

/** `2 errors and 1 warning`; `no problems` for none. */
export function toSummary({ errors, warnings }: SeverityCounts): string {
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? "error" : "errors"}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
  ];
  return parts.length === 0 ? "no problems" : parts.join(" and ");
}
