/**
 * Reads words: identifiers, numbers, keywords, and whatever stands together without a space and is none
 * of these, which `mistakes.ts` explains by its text.
 */
import type * as syntax from "../model/syntax.js";
import { explainKeyword } from "./bare-keywords.js";
import { keywordValue, reservedWords } from "./keywords.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { explainRun, type Role } from "./mistakes.js";
import { readOldRawString } from "./old-raw-strings.js";
import { spanOf, type Reading } from "./reading.js";
import { unmask } from "./text.js";

const wordKinds: ReadonlySet<Token["tokenType"]> = new Set([
  kinds.Identifier,
  kinds.Integer,
  kinds.Float,
  kinds.Boolean,
  kinds.Null,
  kinds.FloatKeyword,
  kinds.UnknownKeyword,
  kinds.Malformed,
  kinds.LeftParenthesis,
  kinds.RightParenthesis,
  kinds.Stray,
]);

/** Whether a token begins a word, sound or not. */
export function beginsWord(token: Token): boolean {
  return wordKinds.has(token.tokenType);
}

/** Quotation marks that are not KDL's, and would be part of an identifier. */
const otherQuote = /^['`\u2018-\u201f\u00ab]/;

/** Reads the word that the token at the cursor begins. Null when it stands for nothing: see `explainRun`. */
export function readWord(reading: Reading, token: Token, role: Role): syntax.Value | null {
  const { cursor } = reading;
  if (continuesWord(reading, 1)) return readRun(reading, role);
  const span = spanOf(reading, token.startOffset, endOf(token));
  if (token.tokenType === kinds.Identifier) {
    if (otherQuote.test(token.image)) return readOtherQuotes(reading, token, role);
    const raw = readOldRawString(reading, token);
    if (raw !== null) return raw;
    cursor.advance();
    if (reservedWords.has(token.image)) return explainKeyword(reading, token.image, span, role);
    const text = unmask(reading, token.image);
    // Nothing but forbidden characters, which are reported.
    return text === "" ? null : { value: { kind: "string", text }, span, written: "bare" };
  }
  const value = readLiteral(token);
  if (value === null) return readRun(reading, role);
  cursor.advance();
  const isNumber = token.tokenType === kinds.Integer || token.tokenType === kinds.Float;
  return { value, span, written: isNumber ? "number" : "keyword" };
}

/** Whether the token `ahead` of the cursor belongs to the same run of text. */
function continuesWord({ cursor }: Reading, ahead: number): boolean {
  const token = cursor.peek(ahead);
  if (token === undefined) return false;
  if (beginsWord(token)) return !isSeparator(token, cursor.peek(ahead - 1));
  // A backslash within text, unlike one that continues the line, has text behind it.
  const next = cursor.peek(ahead + 1);
  return token.tokenType === kinds.EscLine && next !== undefined && beginsWord(next);
}

/** A comma or colon behind a value: `1,` but not `/:id`, nor `1,000`, which was meant as a number. */
function isSeparator({ tokenType, image }: Token, before: Token | undefined): boolean {
  if (tokenType !== kinds.Identifier || before === undefined) return false;
  const isBehindValue = before.tokenType !== kinds.Stray || before.image === "]";
  return isBehindValue && /^[,:](?!\d{3}(,\d{3})*$)/.test(image);
}

function readLiteral({ tokenType, image }: Token): syntax.Scalar | null {
  switch (tokenType) {
    case kinds.Boolean:
    case kinds.Null:
    case kinds.FloatKeyword:
      return keywordValue(image.slice(1));
    case kinds.Integer:
      return { kind: "number", value: numberOf(image), image, integral: true };
    case kinds.Float:
      return { kind: "number", value: numberOf(image), image, integral: !/[.eE]/.test(image) };
    default:
      return null;
  }
}

/** The nearest double. JavaScript reads KDL's digits in every base, but no underscores and no signs. */
function numberOf(image: string): number {
  const digits = Number(image.replaceAll("_", "").replace(/^[+-]/, ""));
  return image.startsWith("-") ? -digits : digits;
}

/** How many tokens a run of text may have, if there is space in it. */
const longestRun = 100;

/**
 * Reads everything up to the next space. What stands in parentheses or brackets belongs to it with its
 * spaces, if they close on the line and not too far away.
 */
function readRun(reading: Reading, role: Role): syntax.Value | null {
  const { cursor } = reading;
  const start = cursor.offset;
  let depth = 0;
  let firstSpace: number | null = null;
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (cursor.atNodeEnd || cursor.is(kinds.LeftBrace)) break;
    if (depth <= 0 && token.startOffset > start && !continuesWord(reading, 0)) break;
    if (/^[([]$/.test(token.image)) depth++;
    if (/^[)\]]$/.test(token.image)) depth--;
    if (token.tokenType === kinds.WhiteSpace) firstSpace ??= cursor.mark;
    if (firstSpace !== null && cursor.mark > firstSpace + longestRun) break;
    cursor.advance();
  }
  if (depth > 0 && firstSpace !== null) cursor.goTo(firstSpace);
  const span = spanOf(reading, start, cursor.lastEnd);
  return explainRun(reading, unmask(reading, reading.text.slice(span.start, span.end)), span, role);
}

/** Reads text in quotation marks of another kind, up to the mark that closes it on the line. */
function readOtherQuotes(reading: Reading, open: Token, role: Role): syntax.Value | null {
  const { cursor, text } = reading;
  const mark = open.image.charAt(0);
  const closing = pairs[mark] ?? mark;
  const start = open.startOffset;
  const line = /^[^\n-\r\x85\u2028\u2029]*/.exec(text.slice(start + 1, start + 200))?.[0] ?? "";
  const length = line.indexOf(closing);
  const end = length === -1 ? endOf(open) : start + length + 2;
  do cursor.advance();
  while (cursor.offset < end && !cursor.atNodeEnd);
  const span = spanOf(reading, start, cursor.lastEnd);
  return explainRun(reading, unmask(reading, text.slice(span.start, span.end)), span, role);
}

const pairs: Readonly<Record<string, string>> = {
  "\u2018": "\u2019",
  "\u201c": "\u201d",
  "\u00ab": "\u00bb",
};
