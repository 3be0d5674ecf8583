/**
 * Diagnostics as workflow commands of GitHub Actions: one line each, shown as annotations at their places.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../../ir/source/source.js";
import { createLocator, type Location } from "./locate.js";

export function renderGithub(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): string {
  const locator = createLocator(sources);
  const lines = diagnostics.map((diagnostic) => {
    const at = diagnostic.primary === null ? null : locator.locate(diagnostic.primary.span);
    const properties = [
      ...(at === null ? [] : toProperties(at)),
      ["title", diagnostic.code] as const,
    ];
    const related = diagnostic.related.flatMap((label) => {
      const place = locator.locate(label.span);
      return place === null ? [] : [`${place.path}:${place.line}:${place.column}: ${label.text}`];
    });
    const text = [
      diagnostic.message,
      ...related,
      ...(diagnostic.help === null ? [] : [diagnostic.help]),
    ];
    const head = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(",");
    return `::${diagnostic.severity} ${head}::${escapeData(text.join("\n"))}\n`;
  });
  return lines.join("");
}

function toProperties(at: Location): readonly (readonly [string, string])[] {
  const lines = [
    ["file", at.path],
    ["line", String(at.line)],
    ["endLine", String(at.endLine)],
  ] as const;
  // Columns are refused where an annotation spans lines; a last column is inclusive there.
  if (at.line !== at.endLine) return lines;
  const last = Math.max(at.column, at.endColumn - 1);
  return [...lines, ["col", String(at.column)], ["endColumn", String(last)]];
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
