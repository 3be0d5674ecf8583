/** Diagnostics for programs. The form is part of the command line's interface: keys are only ever added. */
import type { Diagnostic, Label } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../../ir/source/source.js";
import { countSeverities } from "./count.js";
import { createLocator } from "./locate.js";

/** Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export type JsonPlace = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly label: string;
};

export type JsonReport = {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: Diagnostic["severity"];
    readonly message: string;
    readonly help: string | null;
    readonly primary: JsonPlace | null;
    readonly related: readonly JsonPlace[];
  }[];
  readonly errors: number;
  readonly warnings: number;
};

/** The report as a value, for commands that print it inside something larger. */
function toJsonReport(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): JsonReport {
  const locator = createLocator(sources);

  function toPlace(label: Label): JsonPlace | null {
    const at = locator.locate(label.span);
    if (at === null) return null;
    const { path, line, column, endLine, endColumn } = at;
    return { file: path, line, column, endLine, endColumn, label: label.text };
  }

  return {
    diagnostics: diagnostics.map(({ code, severity, message, help, primary, related }) => ({
      code,
      severity,
      message,
      help,
      primary: primary === null ? null : toPlace(primary),
      related: related.map(toPlace).filter((place) => place !== null),
    })),
    ...countSeverities(diagnostics),
  };
}

export function renderJson(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): string {
  return `${JSON.stringify(toJsonReport(diagnostics, sources), null, 2)}\n`;
}
