/**
 * Reads strings in quotes, and says what is wrong inside them. A string with faults still gets a text, as
 * near to what was meant as can be.
 */
import type * as syntax from "../model/syntax.js";
import {
  reportBadEscape,
  reportLayout,
  reportUnclosedRaw,
  reportUnclosed,
  reportUnclosedLines,
} from "./broken-strings.js";
import { endOf, kinds, textOfString, tokenize, type Token } from "./kdljs.js";
import { spanOf, type Reading } from "./reading.js";
import { unmask } from "./text.js";

const openers: ReadonlySet<Token["tokenType"]> = new Set([
  kinds.OpenQuote,
  kinds.MultiLineOpenQuote,
  kinds.RawString,
  kinds.MultiLineRawString,
  kinds.UnclosedRawString,
]);

/** Whether a token begins a string in quotes, closed or not. */
export function beginsString(token: Token): boolean {
  return openers.has(token.tokenType);
}

/** Reads the string that the token at the cursor begins. */
export function readString(reading: Reading, token: Token): syntax.Value {
  switch (token.tokenType) {
    case kinds.OpenQuote:
      return readPlain(reading, token) ?? readPieces(reading, token, kinds.CloseQuote);
    case kinds.MultiLineOpenQuote:
      return readPieces(reading, token, kinds.MultiLineCloseQuote);
    default:
      return readRaw(reading, token);
  }
}

/** Most strings are one piece of plain text, which needs no rules. */
function readPlain(reading: Reading, open: Token): syntax.Value | null {
  const { cursor } = reading;
  const text = cursor.peek(1);
  const close = cursor.peek(2);
  if (text?.tokenType !== kinds.Unicode || close?.tokenType !== kinds.CloseQuote) return null;
  cursor.advance();
  cursor.advance();
  cursor.advance();
  return toValue(reading, unmask(reading, text.image), open.startOffset, "quoted");
}

/** Reads a quoted string, of one line or several, up to the token that closes it. */
function readPieces(reading: Reading, open: Token, closing: Token["tokenType"]): syntax.Value {
  const { cursor } = reading;
  const from = cursor.mark;
  const start = open.startOffset;
  let badEscape: Token | null = null;
  do {
    cursor.advance();
    const token = cursor.peek();
    if (token === undefined || token.tokenType === kinds.UnclosedQuote) {
      if (closing === kinds.CloseQuote) return readUnclosed(reading, open);
      reportUnclosedLines(reading, open);
      return toValue(reading, unmask(reading, reading.text.slice(endOf(open))), start, "quoted");
    }
    if (isBadEscape(token)) badEscape ??= token;
  } while (!cursor.is(closing));
  cursor.advance();
  const span = spanOf(reading, start, cursor.lastEnd);
  if (badEscape !== null) {
    // Nearly always a pattern, whose text is what stands there.
    const raw = reportBadEscape(reading, badEscape, span);
    return toValue(reading, unmask(reading, textOfString(tokenize(raw)) ?? raw), start, "quoted");
  }
  const quotes = closing === kinds.CloseQuote ? 1 : 3;
  const inner = reading.text.slice(start + quotes, span.end - quotes);
  // Masked characters are taken out of raw text only: an escape may stand for the same. And kdljs is slow
  // to refuse: where so much is wrong nobody asks for this text.
  const plain = unmask(reading, inner);
  if (plain !== inner || reading.faults.full) return toValue(reading, plain, start, "quoted");
  const text = textOfString(cursor.slice(from));
  if (text === null) reportLayout(reading, span, quotes);
  return toValue(reading, text ?? inner, start, "quoted");
}

/** A string that its line does not close; it ends before the line does. */
function readUnclosed(reading: Reading, open: Token): syntax.Value {
  const end = reportUnclosed(reading, open);
  const text = reading.text.slice(endOf(open), end).replace(/"$/, "");
  const span = spanOf(reading, open.startOffset, end);
  return { ...toValue(reading, unmask(reading, text), open.startOffset, "quoted"), span };
}

/** Escapes that KDL does not know, and those that name half of a character. */
function isBadEscape({ tokenType, image }: Token): boolean {
  if (tokenType === kinds.BadEscape) return true;
  if (tokenType !== kinds.UnicodeEscape) return false;
  const code = Number.parseInt(image.slice(3, -1), 16);
  return code >= 0xd800 && code <= 0xdfff;
}

function readRaw(reading: Reading, token: Token): syntax.Value {
  const { cursor } = reading;
  const start = token.startOffset;
  cursor.advance();
  const quotes = /^#+(?:"""|")/.exec(token.image)?.[0] ?? "";
  if (token.tokenType === kinds.UnclosedRawString) {
    reportUnclosedRaw(reading, token, quotes);
    return toValue(reading, unmask(reading, token.image.slice(quotes.length)), start, "raw");
  }
  // The lexer takes `#"""a"""#` for a string of one line that holds quotes.
  const isOneLine = token.tokenType === kinds.RawString && quotes.endsWith('"""');
  const inner = token.image.slice(quotes.length, -quotes.length);
  const text = isOneLine ? null : quotes.endsWith('"""') ? textOfString([token]) : inner;
  if (text === null) reportLayout(reading, spanOf(reading, start, endOf(token)), quotes.length);
  return toValue(reading, unmask(reading, text ?? inner), start, "raw");
}

/** The string that has just been read, from `start` to the cursor. */
function toValue(
  reading: Reading,
  text: string,
  start: number,
  written: "quoted" | "raw",
): syntax.Value {
  const span = spanOf(reading, start, reading.cursor.lastEnd);
  return { value: { kind: "string", text }, span, written };
}
