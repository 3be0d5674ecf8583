/**
 * How wide text is on a terminal, and what of it may be shown at all.
 *
 * Somebody else's contract is printed here, so nothing that could steer the terminal or reorder the line
 * gets through: control characters and bidirectional controls are shown as KDL's escapes (`\u{1b}`).
 */

/** One thing on a line that a caret can stand under: a grapheme, a tab, or an escaped control character. */
export type Cell = {
  /** UTF-16 offset in the line. */
  readonly start: number;
  readonly text: string;
  /** Columns. */
  readonly width: number;
};

const tabStop = 4;
/** Made when a line needs it: that takes several milliseconds, and most runs report nothing. */
let segmenter: Intl.Segmenter | null = null;
const plainAscii = /^[ -~]*$/;
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3001-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}\ufe0f/u;

/** Splits a line into cells. Tabs become spaces up to the next stop, counted from the line's beginning. */
export function toCells(line: string): readonly Cell[] {
  if (plainAscii.test(line)) {
    return Array.from(line, (text, start) => ({ start, text, width: 1 }));
  }
  const cells: Cell[] = [];
  let column = 0;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment, index } of segmenter.segment(line)) {
    const text =
      segment === "\t" ? " ".repeat(tabStop - (column % tabStop)) : withoutControls(segment);
    const width = text === segment ? graphemeWidth(text) : text.length;
    cells.push({ start: index, text, width });
    column += width;
  }
  return cells;
}

/** Text that is safe to print on one line: line ends and everything that could steer a terminal escaped. */
export function withoutControls(text: string): string {
  return text.replace(unsafe, (unit) => `\\u{${unit.charCodeAt(0).toString(16)}}`);
}

function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}
