/**
 * Source text and places in it.
 *
 * A span is two UTF-16 offsets into one file, half open. Lines and columns exist only in reports: they
 * are worked out from the line table when somebody looks, never carried around.
 */

/** Index of a file in the list given to the compiler. */
export type FileId = number;

/** A half-open range of UTF-16 offsets in one file. */
export type Span = { readonly file: FileId; readonly start: number; readonly end: number };

/** One contract file as the compiler sees it. `path` is for people: it is only ever shown. */
export type SourceFile = {
  readonly id: FileId;
  readonly path: string;
  readonly text: string;
  /**
   * Set where `text` is not what the file holds, which whoever read it has reported. What the text declares
   * may be referred to, nothing is said about it, and nothing is missing that may be in the rest.
   */
  readonly damaged?: true;
};

/** A place as editors count: line and column from 1, the column in UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** Offsets at which the lines of a text begin. KDL's line ends: LF, CRLF, CR, NEL, VT, FF, LS, PS. */
export function toLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n-\r\u0085\u2028\u2029]/g)) {
    starts.push(match.index + match[0].length);
  }
  return starts;
}

/** The position of an offset, by binary search in a line table. */
export function positionAt(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
