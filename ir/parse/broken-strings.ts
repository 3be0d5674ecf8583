/** What is wrong with a string in quotes, told by its cause. */
import type { Span } from "../source/source.js";
import { endOf, kinds, tokenize, type Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

const lineEnd = /\r\n|[\n-\r\x85\u2028\u2029]/g;

/**
 * Reports a string in `"` that the end of the line cuts off at the cursor, and gives its end. Usually its
 * closing quote was forgotten; but the text may also go on up to a line that ends with a quote.
 */
export function reportUnclosed(reading: Reading, open: Token): number {
  const { cursor, text } = reading;
  const inner = text.slice(endOf(open), cursor.lastEnd);
  const closing = findLoneQuote(reading);
  if (closing !== null) {
    cursor.goTo(closing);
    fault(reading, "MZ1005", {}, spanOf(reading, open.startOffset, cursor.lastEnd), {
      label: "goes on over several lines",
      help: 'text of several lines stands between `"""`, each on a line of its own',
    });
    return cursor.lastEnd;
  }
  // A brace that stands apart was hardly meant to be part of the string: from it on the line is read anew.
  const brace = /\s[{}]/.exec(inner);
  const behind = brace === null ? "" : inner.slice(brace.index + 1);
  const end = endOf(open) + inner.slice(0, brace?.index).trimEnd().length;
  fault(reading, "MZ1005", {}, spanOf(reading, open.startOffset, end), {
    label: "not closed on this line",
    help: 'write `"` where the text ends; text of several lines stands between `"""`',
  });
  if (behind !== "" && behind.length < longestRest && !reading.faults.full) {
    const start = endOf(open) + inner.length - behind.length;
    const pieces = tokenize(behind);
    cursor.replaceSince(
      cursor.mark,
      pieces.map((piece) => ({ ...piece, startOffset: start + piece.startOffset })),
    );
  }
  return end;
}

/** How much text behind an unclosed string is read anew. */
const longestRest = 1000;

/** How far to look for the end of a string that was closed on another line. */
const farthestQuote = 200;

/** The place behind a quote that ends a line further down, with neither braces nor quotes before it. */
function findLoneQuote({ cursor }: Reading): number | null {
  for (let ahead = 1; ahead < farthestQuote; ahead++) {
    const token = cursor.peek(ahead);
    if (token === undefined || token.tokenType === kinds.LeftBrace) return null;
    if (token.tokenType === kinds.RightBrace || token.tokenType === kinds.CloseQuote) return null;
    if (token.tokenType !== kinds.OpenQuote) continue;
    const next = cursor.peek(ahead + 1);
    const isLone = next === undefined || next.tokenType === kinds.UnclosedQuote;
    return isLone ? cursor.mark + ahead + 1 : null;
  }
  return null;
}

/** Reports a string in `"""` that goes on to the end of the file. */
export function reportUnclosedLines(reading: Reading, open: Token): void {
  fault(reading, "MZ1005", {}, spanOf(reading, open.startOffset, endOf(open)), {
    label: "opened here",
    help: 'close it with `"""` on a line of its own',
  });
}

/** Reports a raw string whose quotes the line, or the file, does not close. */
export function reportUnclosedRaw(reading: Reading, token: Token, quotes: string): void {
  const closing = quotes.replace(/^(#+)("+)$/, "$2$1");
  const multiLine = quotes.endsWith('"""');
  const end = token.startOffset + (multiLine ? quotes.length : token.image.length);
  const span = spanOf(reading, token.startOffset, end);
  fault(reading, "MZ1005", {}, span, {
    label: multiLine ? "opened here" : "not closed on this line",
    help: `a raw string ends with as many \`#\` as it begins with: \`${closing}\``,
  });
}

/** Reports an escape that is none, and gives the string as a raw one, in which nothing is escaped. */
export function reportBadEscape(reading: Reading, token: Token, string: Span): string {
  const raw = toRaw(reading.text.slice(string.start, string.end));
  const rest = reading.text.slice(token.startOffset, string.end);
  const unicode = /^\\[ux]([0-9a-fA-F]{2,4})/.exec(rest);
  const numbered = /^\\u\{[0-9a-fA-F]*\}/.exec(rest);
  const isSurrogate = token.tokenType === kinds.UnicodeEscape;
  const length = (numbered ?? unicode)?.[0].length ?? token.image.length;
  const span = spanOf(reading, token.startOffset, token.startOffset + length);
  const escape = reading.text.slice(span.start, span.end);
  if (isSurrogate) {
    fault(reading, "MZ1006", { escape }, span, {
      label: "half of a character",
      help: "write the whole character's number, as in `\\u{1F600}`",
    });
  } else if (numbered) {
    fault(reading, "MZ1006", { escape: shorten(escape) }, span, {
      label: "no such character",
      help: "a character's number has one to six digits of base 16 and is at most 10FFFF",
    });
  } else if (unicode) {
    const meant = `\\u{${unicode[1]}}`;
    fault(reading, "MZ1006", { escape }, span, {
      label: "braces are missing",
      help: `write \`${meant}\``,
      fix: { span, replacement: meant },
    });
  } else {
    fault(reading, "MZ1006", { escape }, span, {
      label: "not an escape",
      help: `for text with backslashes, such as a pattern, write a raw string: \`${shorten(raw)}\``,
      fix: { span: string, replacement: raw },
    });
  }
  return raw;
}

/** A quoted string as a raw one with the same source text: with so many `#` that nothing inside ends it. */
function toRaw(quoted: string): string {
  const runs = [...quoted.matchAll(/"(#+)/g)].map(([, run = ""]) => run.length);
  const hashes = "#".repeat(runs.reduce((most, length) => Math.max(most, length), 0) + 1);
  return `${hashes}${quoted}${hashes}`;
}

/** Finds out why kdljs does not accept a string in `"""`. `quotes` is the length of its opening. */
export function reportLayout(reading: Reading, string: Span, quotes: number): void {
  const start = string.start + quotes;
  const inner = reading.text.slice(start, string.end - quotes);
  const ends = [...inner.matchAll(lineEnd)];
  const firstEnd = ends[0]?.index ?? inner.length;
  if (ends.length === 0 || inner.slice(0, firstEnd).trim() !== "") {
    const span = spanOf(reading, start, start + firstEnd);
    const problem = 'the text begins on the line after the opening `"""`';
    fault(reading, "MZ1017", { problem }, span, {
      label: "move this to the next line",
      help: 'text of one line stands between single `"`',
    });
    return;
  }
  const lastEnd = ends.at(-1);
  const lastLine = lastEnd === undefined ? 0 : lastEnd.index + lastEnd[0].length;
  if (inner.slice(lastLine).trim() !== "") {
    const span = spanOf(reading, start + lastLine, start + inner.length);
    const problem = 'the closing `"""` stands on a line of its own';
    fault(reading, "MZ1017", { problem }, span, { label: "this stands before the closing quotes" });
    return;
  }
  const indent = inner.slice(lastLine);
  const wrong = ends.find(({ index, 0: end }, number) => {
    const line = inner.slice(index + end.length, ends[number + 1]?.index);
    return line.trim() !== "" && !line.startsWith(indent);
  });
  const lineStart = start + (wrong === undefined ? 0 : wrong.index + wrong[0].length);
  const span = spanOf(reading, lineStart, lineStart + 1);
  const problem = 'each line is indented as the closing `"""` is, or further';
  fault(reading, "MZ1017", { problem }, span, {
    label: "this line is not",
    help: "indent the line with the same white space, tabs as tabs and spaces as spaces",
  });
}
