/**
 * Renderers: one diagnostic, many forms. Each is a pure function from diagnostics and sources to text;
 * where the text goes, whether there is a terminal and how wide it is, is the caller's business.
 *
 * They do not sort, filter or count on their own behalf: what is given is shown, in the order given, and
 * every form shows all of it. Text of a contract is never trusted: each form escapes it in its own way.
 *
 * Words: the *primary* place is where the fault is; *related* places take part in it.
 */
import { assertNever } from "../../ir/assert-never.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../../ir/source/source.js";
import { renderGithub } from "./github.js";
import { renderJson } from "./json.js";
import { renderPretty, type PrettyOptions } from "./pretty.js";
import { renderSarif, type SarifOptions } from "./sarif.js";

export const reportFormats = ["pretty", "json", "github", "sarif"] as const;

export type ReportFormat = (typeof reportFormats)[number];

export type ReportOptions = PrettyOptions & SarifOptions;

/** Renders a report. `sources` are the files that spans point into; others are shown without a place. */
export function renderReport(
  format: ReportFormat,
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  options: ReportOptions,
): string {
  switch (format) {
    case "pretty":
      return renderPretty(diagnostics, sources, options);
    case "json":
      return renderJson(diagnostics, sources);
    case "github":
      return renderGithub(diagnostics, sources);
    case "sarif":
      return renderSarif(diagnostics, sources, options);
    default:
      return assertNever(format);
  }
}
