/** What the functions that read one file share. */
import { report, type Code, type Extra, type Facts } from "../diagnostics/catalogue.js";
import type { FileId, Span } from "../source/source.js";
import type { TokenCursor } from "./cursor.js";
import type { Faults } from "./faults.js";

export type Reading = {
  readonly file: FileId;
  /** The text that was cut into tokens: of the same length as the file's. */
  readonly text: string;
  readonly cursor: TokenCursor;
  readonly faults: Faults;
};

export function spanOf(reading: Reading, start: number, end: number): Span {
  return { file: reading.file, start, end };
}

/** Adds a diagnostic at a span of the file. */
export function fault<C extends Code>(
  reading: Reading,
  code: C,
  span: Span,
  label: string,
  facts: Facts<C>,
  extra: Extra = {},
): void {
  reading.faults.add(report(code, { span, text: label }, facts, extra));
}
