/**
 * Reads words: identifiers, numbers, keywords, and whatever stands together without a space and is none
 * of these. What is wrong about such a run of tokens is told by its text.
 */
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { explain, explainKeyword, type Role } from "./mistakes.js";
import { spanOf, type Reading } from "./reading.js";

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

/** A comma or colon that is glued to what stands before it. */
function isSeparator(token: Token): boolean {
  return token.tokenType === kinds.Identifier && /^[,:]/.test(token.image);
}

/** Identifiers that KDL reserves, so that nobody takes them for the keywords. */
const reserved: ReadonlySet<string> = new Set(["true", "false", "null", "inf", "-inf", "nan"]);

/** Reads the word at the cursor. Null when nothing sensible can be made of it, which is then reported. */
export function readWord(reading: Reading, role: Role): syntax.Value | null {
  const { cursor } = reading;
  const token = cursor.peek();
  if (token === undefined) return null;
  const next = cursor.peek(1);
  const alone = next === undefined || !beginsWord(next) || isSeparator(next);
  if (alone && token.tokenType === kinds.Identifier) {
    cursor.advance();
    const span = spanOf(reading, token.startOffset, endOf(token));
    return reserved.has(token.image)
      ? explainKeyword(reading, token.image, span, role)
      : { value: { kind: "string", text: token.image }, span, written: "bare" };
  }
  const value = alone ? readLiteral(token) : null;
  if (value === null) return readRun(reading, role);
  cursor.advance();
  const span = spanOf(reading, token.startOffset, endOf(token));
  const written = value.kind === "number" && /\d/.test(token.image) ? "number" : "keyword";
  return { value, span, written };
}

function readLiteral({ tokenType, image }: Token): syntax.Scalar | null {
  switch (tokenType) {
    case kinds.Boolean:
      return { kind: "boolean", value: image === "#true" };
    case kinds.Null:
      return { kind: "null" };
    case kinds.FloatKeyword:
      return { kind: "number", value: keywordNumbers[image] ?? NaN, image, integral: false };
    case kinds.Integer:
    case kinds.Float:
      return {
        kind: "number",
        value: numberOf(image),
        image,
        integral: isIntegral(tokenType, image),
      };
    default:
      return null;
  }
}

const keywordNumbers: Readonly<Record<string, number>> = { "#inf": Infinity, "#-inf": -Infinity };

function numberOf(image: string): number {
  const digits = image.replaceAll("_", "").replace(/^[+-]/, "");
  return image.startsWith("-") ? -Number(digits) : Number(digits);
}

function isIntegral(kind: Token["tokenType"], image: string): boolean {
  return kind === kinds.Integer || /^[+-]?[\d_]+$/.test(image);
}

/** Reads everything up to the next space. Parentheses keep their spaces, if they close on the line. */
function readRun(reading: Reading, role: Role): syntax.Value | null {
  const { cursor } = reading;
  const start = cursor.offset;
  let depth = 0;
  let atSpace: number | null = null;
  for (;;) {
    const token = cursor.peek();
    if (token === undefined) break;
    if (token.tokenType === kinds.LeftParenthesis) depth++;
    if (token.tokenType === kinds.RightParenthesis) depth--;
    if (depth <= 0 && cursor.offset > start && isSeparator(token)) break;
    if (!beginsWord(token)) {
      if (depth <= 0 || token.tokenType !== kinds.WhiteSpace) break;
      atSpace ??= cursor.mark;
    }
    cursor.advance();
  }
  if (depth > 0 && atSpace !== null) cursor.goTo(atSpace);
  const span: Span = spanOf(reading, start, cursor.lastEnd);
  return explain(reading, reading.text.slice(span.start, span.end), span, role);
}
