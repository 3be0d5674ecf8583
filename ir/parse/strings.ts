/** Reads strings in quotes, and says what is wrong inside them. */
import type { Span } from "../source/source.js";
import type * as syntax from "../model/syntax.js";
import { endOf, kinds, textOfString, type Token } from "./kdljs.js";
import { fault, spanOf, type Reading } from "./reading.js";

/** Whether a token begins a string in quotes, closed or not. */
export function beginsString(token: Token): boolean {
  return openers.has(token.tokenType);
}

const openers: ReadonlySet<Token["tokenType"]> = new Set([
  kinds.OpenQuote,
  kinds.MultiLineOpenQuote,
  kinds.RawString,
  kinds.MultiLineRawString,
  kinds.UnclosedRawString,
]);

/**
 * Reads the string that begins at the cursor. A string with faults still gets a text, as near to what
 * was meant as can be.
 */
export function readString(reading: Reading): syntax.Value {
  const token = reading.cursor.peek();
  switch (token?.tokenType) {
    case kinds.OpenQuote:
      return readQuoted(reading, token);
    case kinds.MultiLineOpenQuote:
      return readMultiLine(reading, token);
    default:
      return readRaw(reading);
  }
}

function readQuoted(reading: Reading, open: Token): syntax.Value {
  const { cursor } = reading;
  const from = cursor.mark;
  let badEscape: Token | null = null;
  for (;;) {
    cursor.advance();
    const token = cursor.peek();
    if (token === undefined || token.tokenType === kinds.UnclosedQuote) {
      return unclosed(reading, open, cursor.lastEnd);
    }
    if (token.tokenType === kinds.CloseQuote) break;
    if (isBadEscape(token)) badEscape ??= token;
  }
  cursor.advance();
  const tokens = cursor.slice(from);
  const span = spanOf(reading, open.startOffset, cursor.lastEnd);
  if (badEscape !== null) {
    const inner = reading.text.slice(span.start + 1, span.end - 1);
    reportBadEscape(reading, badEscape, span, inner);
    return stringValue(inner, span, "quoted");
  }
  // Most strings are one piece of plain text, which needs no rules.
  const [, only, ...rest] = tokens;
  const plain = rest.length === 1 && only?.tokenType === kinds.Unicode;
  return stringValue(plain ? only.image : (textOfString(tokens) ?? ""), span, "quoted");
}

/** Escapes that the lexer does not know, and those that name half a character. */
function isBadEscape(token: Token): boolean {
  if (token.tokenType === kinds.BadEscape) return true;
  return token.tokenType === kinds.UnicodeEscape && /^\\u\{0*[dD][89a-fA-F]/.test(token.image)
    ? token.image.replace(/^\\u\{0*/, "").length === 5
    : false;
}

function reportBadEscape(reading: Reading, token: Token, whole: Span, inner: string): void {
  const raw = rawString(inner);
  const span = spanOf(reading, token.startOffset, endOf(token));
  fault(
    reading,
    "MZ1006",
    span,
    "unknown escape",
    { escape: token.image },
    {
      help: `for text with backslashes, such as a pattern, write a raw string: ${raw}`,
      fix: { span: whole, replacement: raw },
    },
  );
}

/** The text as a raw string: with so many `#` that nothing inside ends it. */
export function rawString(text: string): string {
  let hashes = "#";
  while (text.includes(`"${hashes}`)) hashes += "#";
  return `${hashes}"${text}"${hashes}`;
}

function unclosed(reading: Reading, open: Token, end: number): syntax.Value {
  const inner = reading.text.slice(endOf(open), end);
  const span = spanOf(reading, open.startOffset, end);
  fault(
    reading,
    "MZ1005",
    span,
    "opened here",
    {},
    {
      help: 'close it on the same line; a string of several lines stands between `"""`',
    },
  );
  return stringValue(inner, span, "quoted");
}

function readMultiLine(reading: Reading, open: Token): syntax.Value {
  const { cursor } = reading;
  const from = cursor.mark;
  let badEscape: Token | null = null;
  do {
    cursor.advance();
    const token = cursor.peek();
    if (token === undefined) return unclosed(reading, open, cursor.lastEnd);
    if (isBadEscape(token)) badEscape ??= token;
  } while (!cursor.is(kinds.MultiLineCloseQuote));
  cursor.advance();
  const tokens = cursor.slice(from);
  const span = spanOf(reading, open.startOffset, cursor.lastEnd);
  const inner = reading.text.slice(span.start + 3, span.end - 3);
  if (badEscape !== null) {
    reportBadEscape(reading, badEscape, span, `""${inner}""`);
    return stringValue(inner, span, "quoted");
  }
  const text = textOfString(tokens);
  if (text === null) reportLayout(reading, span, inner);
  return stringValue(text ?? inner, span, "quoted");
}

function readRaw(reading: Reading): syntax.Value {
  const { cursor } = reading;
  const token = cursor.peek();
  if (token === undefined) throw new Error("no string at the end of the file");
  cursor.advance();
  const span = spanOf(reading, token.startOffset, endOf(token));
  const quotes = /^#+("""|")/.exec(token.image)?.[0] ?? "";
  if (token.tokenType === kinds.UnclosedRawString) {
    const hashes = quotes.replaceAll('"', "");
    fault(
      reading,
      "MZ1005",
      span,
      "opened here",
      {},
      {
        help: `a raw string ends with a quote and as many \`#\` as it began with: \`"${hashes}\``,
      },
    );
    return stringValue(token.image.slice(quotes.length), span, "raw");
  }
  const inner = token.image.slice(quotes.length, -quotes.length);
  const text =
    quotes.endsWith('"""') && token.tokenType === kinds.RawString ? null : textOfString([token]);
  if (text === null) reportLayout(reading, span, inner);
  return stringValue(text ?? inner, span, "raw");
}

/** Finds out why kdljs does not accept a multi-line string. */
function reportLayout(reading: Reading, span: Span, inner: string): void {
  const lines = inner.split(/\r\n|[\n-\r\x85\u2028\u2029]/);
  const first = lines[0] ?? "";
  const last = lines.at(-1) ?? "";
  const problem =
    first.trim() !== "" || lines.length === 1
      ? 'its text begins on the line after the opening `"""`'
      : last.trim() !== ""
        ? 'the closing `"""` stands on a line of its own'
        : 'every line is indented at least as far as the closing `"""`';
  fault(reading, "MZ1017", span, "here", { problem });
}

function stringValue(text: string, span: Span, written: "quoted" | "raw"): syntax.Value {
  return { value: { kind: "string", text }, span, written };
}
