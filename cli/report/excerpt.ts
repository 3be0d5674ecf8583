/**
 * One line of source with marks under it.
 *
 * A line that does not fit is cut to a window around the first mark, with `…` where something is left out,
 * so that one endless line cannot flood a terminal.
 */
import { toCells, withoutControls, type Cell } from "./text-width.js";

/** What is marked on a line: UTF-16 offsets in the line, half open. An empty mark still shows one sign. */
export type Mark = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly primary: boolean;
};

export type Excerpt = {
  readonly source: string;
  /** One row per mark, in the order given: spaces, the signs, a space and the mark's words. */
  readonly rows: readonly {
    readonly indent: string;
    readonly signs: string;
    readonly text: string;
  }[];
};

/** Far more than a window can show, even where most characters take no column. */
const reach = 1000;

/** Lays out a line for `width` columns (at least 20 are assumed). */
export function toExcerpt(line: string, marks: readonly Mark[], width: number): Excerpt {
  const columns = Math.max(width, 20);
  const window = windowOf(line, marks[0]?.start ?? 0, columns);
  const shown = window.cells.map((cell) => cell.text).join("");
  const source = `${window.cutBefore ? "…" : ""}${shown}${window.cutAfter ? "…" : ""}`;
  return { source: source.trimEnd(), rows: marks.map((mark) => toRow(mark, window)) };
}

type Window = {
  readonly cells: readonly Cell[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
};

function windowOf(line: string, focus: number, columns: number): Window {
  const from = focus > reach ? wholeCharacter(line, focus - reach) : 0;
  const to = Math.min(line.length, focus + reach);
  const cells = toCells(line.slice(from, to)).map((cell) => ({
    ...cell,
    start: cell.start + from,
  }));
  if (from === 0 && to === line.length && widthOf(cells) <= columns) {
    return { cells, cutBefore: false, cutAfter: false };
  }
  // Two columns for the two `…`; a third of the rest before the mark, as what matters mostly follows it.
  const room = columns - 2;
  const at = cells.findIndex((cell) => cell.start >= focus);
  let first = at === -1 ? cells.length : at;
  for (let left = Math.floor(room / 3); first > 0; first -= 1) {
    left -= cells[first - 1]?.width ?? 0;
    if (left < 0) break;
  }
  let last = first;
  for (let left = room; last < cells.length; last += 1) {
    left -= cells[last]?.width ?? 0;
    if (left < 0) break;
  }
  const kept = cells.slice(first, last);
  return {
    cells: kept,
    cutBefore: first > 0 || from > 0,
    cutAfter: last < cells.length || to < line.length,
  };
}

/** The same offset, or the one before where it would split a surrogate pair. */
function wholeCharacter(line: string, offset: number): number {
  const unit = line.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function toRow(mark: Mark, window: Window): Excerpt["rows"][number] {
  // A cell belongs to the mark when it begins inside it, or when the mark begins inside the cell.
  const ends = window.cells.map((cell, index) => window.cells[index + 1]?.start ?? cell.start + 1);
  const before = window.cells.filter((_, index) => (ends[index] ?? 0) <= mark.start);
  const marked = window.cells.slice(before.length).filter((cell) => cell.start < mark.end);
  const signs = Math.max(1, widthOf(marked));
  return {
    indent: " ".repeat(widthOf(before) + (window.cutBefore ? 1 : 0)),
    signs: (mark.primary ? "^" : "-").repeat(signs),
    text: withoutControls(mark.text),
  };
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}
