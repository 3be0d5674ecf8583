/**
 * Diagnostics as SARIF 2.1.0, the interchange format that code-scanning services read.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { catalogue } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic, Label } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile, Span } from "../../ir/source/source.js";
import { createLocator, type Locator } from "./locate.js";

export type SarifOptions = {
  /** The version of mizan, as in its package. */
  readonly version: string;
};

export function renderSarif(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  options: SarifOptions,
): string {
  const locator = createLocator(sources);
  const codes = [...new Set(diagnostics.map((diagnostic) => diagnostic.code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mizan", version: options.version, rules: codes.map(toRule) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => toResult(diagnostic, codes, locator)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toRule(code: string) {
  const entry = Object.entries(catalogue).find(([known]) => known === code)?.[1];
  if (entry === undefined) return { id: code };
  return {
    id: code,
    name: entry.name,
    shortDescription: { text: entry.message },
    defaultConfiguration: { level: entry.severity },
  };
}

function toResult(diagnostic: Diagnostic, codes: readonly string[], locator: Locator) {
  const { code, severity, message, help, primary, related, fix } = diagnostic;
  const places = related.flatMap((label) => toLocations(label, locator));
  const change = fix === null ? null : toPhysical(fix.span, locator);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: help === null ? message : `${message}\n${help}` },
    locations: primary === null ? [] : toLocations(primary, locator),
    ...(places.length > 0 && {
      relatedLocations: places.map((place, index) => ({ id: index + 1, ...place })),
    }),
    ...(fix !== null &&
      change !== null && {
        fixes: [
          {
            description: { text: help ?? message },
            artifactChanges: [
              {
                artifactLocation: change.artifactLocation,
                replacements: [
                  { deletedRegion: change.region, insertedContent: { text: fix.replacement } },
                ],
              },
            ],
          },
        ],
      }),
  };
}

function toLocations(label: Label, locator: Locator) {
  const place = toPhysical(label.span, locator);
  if (place === null) return [];
  return [{ physicalLocation: place, ...(label.text !== "" && { message: { text: label.text } }) }];
}

function toPhysical(span: Span, locator: Locator) {
  const at = locator.locate(span);
  if (at === null) return null;
  return {
    artifactLocation: { uri: toRelativeUri(at.path) },
    region: {
      startLine: at.line,
      startColumn: at.column,
      endLine: at.endLine,
      endColumn: at.endColumn,
    },
  };
}

/** A path as a relative URI reference: every segment percent-encoded, so that a colon is no scheme. */
function toRelativeUri(path: string): string {
  return path
    .split(/[/\\]/)
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd")))
    .join("/");
}
