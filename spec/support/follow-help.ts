/**
 * Following a help word for word, as a reader does: what stands behind "write" takes the place of what was
 * marked. A help shows a piece as long as is needed to understand it, so that its place is the mark, the
 * statement around it, or that statement with its block; a reader sees which.
 */
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";

/** What a help says to write, or null where it says anything else or had to be cut. */
export function shownBy({ help }: Diagnostic): string | null {
  const [, shown = null] = /(?:^|: )write `([^`]*)`$/.exec(help ?? "") ?? [];
  return shown?.endsWith("…") === true ? null : shown;
}

/** The text with the help in each place that may be meant, the likeliest first. */
export function following(text: string, found: Diagnostic): readonly string[] {
  const shown = shownBy(found);
  if (shown === null || found.primary === null) return [];
  const { start, end } = found.primary.span;
  const marks = [found.primary, ...found.related].map(
    ({ span }) => [span.start, span.end] as const,
  );
  const places = marks.flatMap((mark) => [mark, ...statementsAround(text, ...mark)]);
  const texts = places.map(([from, to]) => text.slice(0, from) + shown + text.slice(to));
  // A name that is corrected is corrected wherever it stands.
  return [...new Set([...texts, text.replaceAll(text.slice(start, end), shown)])];
}

/**
 * The statement that holds a mark, up to its block and up to the block's end, the line, the statement from the
 * word on that the mark is glued to and up to the mark, and the statement in whose block the mark lies.
 */
function statementsAround(
  text: string,
  start: number,
  end: number,
): readonly (readonly [number, number])[] {
  const from = statementStart(text.slice(0, start));
  const behind = text.slice(end);
  const head = end + (/^[^\n;{}]*/.exec(behind)?.[0].trimEnd().length ?? 0);
  const block = /^\s*\{[^{}]*\}/.exec(text.slice(head))?.[0].length ?? 0;
  const line = end + (/^.*/.exec(behind)?.[0].trimEnd().length ?? 0);
  const owner = ownerOf(text, from, head);
  const word = start - (/[^\s=]*$/.exec(text.slice(0, start))?.[0].length ?? 0);
  return [
    [from, head],
    [from, head + block],
    [from, line],
    [word, head],
    [from, end],
    ...(owner === null ? [] : [owner]),
  ];
}

/** Where the statement begins that a text ends in. */
function statementStart(text: string): number {
  const [, statement = ""] = /(?:^|[\n;{])[ \t]*([^\n;{}]*)$/.exec(text) ?? [];
  return text.length - statement.length;
}

/** The statement in whose block a place lies, with that block. */
function ownerOf(text: string, start: number, end: number): readonly [number, number] | null {
  const open = unmatched(text.slice(0, start).split("").reverse(), "}", "{");
  const close = unmatched(text.slice(end).split(""), "{", "}");
  if (open === null || close === null) return null;
  const head = text.slice(0, start - 1 - open);
  return [statementStart(head), end + close + 1];
}

/** How far it is to a bracket whose partner is not passed on the way. */
function unmatched(characters: readonly string[], partner: string, wanted: string): number | null {
  let depth = 0;
  for (const [at, character] of characters.entries()) {
    if (character === wanted && depth-- === 0) return at;
    if (character === partner) depth++;
  }
  return null;
}
