/**
 * From spans to what people and editors count: a file's path, lines and columns from 1, columns in UTF-16
 * units. The line tables are made once per report and only for files that a diagnostic points into.
 */
import { positionAt, toLineStarts } from "../../ir/source/source.js";
import type { FileId, SourceFile, Span } from "../../ir/source/source.js";

/** A span as a report shows it. The end is exclusive, as in the span. */
export type Location = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

export type Locator = {
  /** Null when the file is not among the sources. Offsets beyond the text count as its end. */
  readonly locate: (span: Span) => Location | null;
  /** The text of a line without its line end, and the offset at which it begins. */
  readonly lineOf: (
    file: FileId,
    line: number,
  ) => { readonly text: string; readonly start: number };
};

export function createLocator(sources: readonly SourceFile[]): Locator {
  const files = new Map(sources.map((source) => [source.id, source]));
  const tables = new Map<FileId, readonly number[]>();

  function tableOf(source: SourceFile): readonly number[] {
    const known = tables.get(source.id);
    if (known !== undefined) return known;
    const table = toLineStarts(source.text);
    tables.set(source.id, table);
    return table;
  }

  return {
    locate(span) {
      const source = files.get(span.file);
      if (source === undefined) return null;
      const table = tableOf(source);
      const start = clamp(span.start, 0, source.text.length);
      const end = clamp(span.end, start, source.text.length);
      const from = positionAt(table, start);
      const to = positionAt(table, end);
      return {
        path: source.path,
        line: from.line,
        column: from.column,
        endLine: to.line,
        endColumn: to.column,
      };
    },
    lineOf(file, line) {
      const source = files.get(file);
      if (source === undefined) return { text: "", start: 0 };
      const table = tableOf(source);
      const start = table[line - 1] ?? source.text.length;
      const text = source.text.slice(start, table[line] ?? source.text.length);
      return { text: withoutLineEnd(text), start };
    },
  };
}

/** KDL's line ends, as `toLineStarts` knows them. */
const lineEnds = "\r\n\u0085\u000b\u000c\u2028\u2029";

function withoutLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && lineEnds.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
