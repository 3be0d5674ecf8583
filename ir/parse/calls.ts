/** Inputs in parentheses, as other languages write them: `function f(id: integer)`. */
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

/** Nodes whose names may look like calls to somebody used to other languages. */
const callers: ReadonlySet<string> = new Set(["function", "view", "type", "error"]);

/** `value` is the name before the parentheses, if it is glued to them. */
type Call = { readonly kind: "call"; readonly value: syntax.Value | null };

/**
 * Reads `f(id: integer, name: string)`, or the parentheses alone, and reports it. Null when something else
 * stands at the cursor, which then stays.
 */
export function readCall(reading: Reading, node: string): Call | null {
  if (!callers.has(node)) return null;
  const { cursor } = reading;
  const start = cursor.mark;
  const name = cursor.peek();
  const isNamed = name?.tokenType === kinds.Identifier;
  if (isNamed) cursor.advance();
  const list = cursor.is(kinds.LeftParenthesis) ? closingParenthesis(reading) : null;
  const inputs = list && reading.text.slice(list.start + 1, list.end - 1).split(",");
  const isName = isNamed && /^[A-Za-z_][\w.]*$/.test(name.image);
  if (list === null || inputs === null || !(isNamed ? isName : inputs.every(isParameter))) {
    cursor.goTo(start);
    return null;
  }
  const pairs = inputs.map((input) => input.trim().replace(/\s*[:=]\s*|\s+/, "="));
  const words = isNamed ? [name.image, ...pairs] : pairs;
  const meant = words.join(" ").trim();
  fault(reading, "MZ1034", { name: shorten(isNamed ? name.image : node) }, list, {
    label: "no parentheses",
    help: meant === "" ? "remove the parentheses" : `write \`${shorten(meant)}\``,
    fix: { span: { ...list, start: isNamed ? name.startOffset : list.start }, replacement: meant },
  });
  return { kind: "call", value: isNamed ? toName(reading, name) : null };
}

/** `id: integer`, `id = integer`, or nothing, which tells parameters from a type annotation. */
function isParameter(text: string): boolean {
  return /^\s*(\w+\??\s*[:=].*)?$/.test(text);
}

function toName(reading: Reading, token: Token): syntax.Value {
  const span = spanOf(reading, token.startOffset, endOf(token));
  return { value: { kind: "string", text: token.image }, span, written: "bare" };
}

/** How many tokens parentheses may have between them to be taken for a pair. */
const longestPair = 100;

/** Moves behind the parenthesis that closes the one at the cursor, if there is one on the line. */
export function closingParenthesis(reading: Reading): Span | null {
  const { cursor } = reading;
  const start = cursor.offset;
  for (let count = 0; count < longestPair; count++) {
    if (cursor.atNodeEnd || cursor.is(kinds.LeftBrace)) return null;
    const closes = cursor.is(kinds.RightParenthesis);
    cursor.advance();
    if (closes) return spanOf(reading, start, cursor.lastEnd);
  }
  return null;
}
