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

/** The statement that holds a mark, up to its block, up to the block's end, and the line. */
function statementsAround(
  text: string,
  start: number,
  end: number,
): readonly (readonly [number, number])[] {
  const before = /(?:^|[\n;{])[ \t]*([^\n;{}]*)$/.exec(text.slice(0, start));
  const from = start - (before?.[1]?.length ?? 0);
  const behind = text.slice(end);
  const head = end + (/^[^\n;{}]*/.exec(behind)?.[0].trimEnd().length ?? 0);
  const block = /^\s*\{[^{}]*\}/.exec(text.slice(head))?.[0].length ?? 0;
  const line = end + (/^.*/.exec(behind)?.[0].trimEnd().length ?? 0);
  return [
    [from, head],
    [from, head + block],
    [from, line],
  ];
}
