/** What the functions that read one file share. */
import { report, type Code, type Extra, type Facts } from "../diagnostics/catalogue.js";
import type { FileId, Span } from "../source/source.js";
import type { TokenCursor } from "./cursor.js";
import type { Faults } from "./faults.js";
import type { PreparedText } from "./text.js";

/** The text is what was cut into tokens. */
export type Reading = PreparedText & {
  readonly file: FileId;
  readonly cursor: TokenCursor;
  readonly faults: Faults;
};

export function spanOf(reading: Reading, start: number, end: number): Span {
  return { file: reading.file, start, end };
}

/** Adds a diagnostic at a span of the file; the label is shown under it. */
export function fault<C extends Code>(
  reading: Reading,
  code: C,
  facts: Facts<C>,
  span: Span,
  { label, ...extra }: Extra & { readonly label: string },
): void {
  reading.faults.add(report(code, { span, text: label }, facts, extra));
}

/** Text of the file for a message: cut off where it would fill the screen. */
export function shorten(text: string): string {
  const most = 60;
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Text as a quoted KDL string. For what a contract file may hold, JSON's escapes are KDL's. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
