/** Reads what stands in a node's line behind its name: arguments and properties. */
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { closingParenthesis, readCall } from "./calls.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import * as misplaced from "./misplaced.js";
import type { Role } from "./mistakes.js";
import { fault, quote, shorten, spanOf, type Reading } from "./reading.js";
import { dissolveBrackets } from "./separators.js";
import { beginsString, readString } from "./strings.js";
import { beginsWord, readWord } from "./words.js";

export type Entry =
  | { readonly kind: "argument"; readonly value: syntax.Value }
  | { readonly kind: "property"; readonly property: syntax.Property }
  /** `f(id: integer)`, or the parentheses alone: perhaps a name, and inputs that are lost. */
  | { readonly kind: "call"; readonly value: syntax.Value | null };

/**
 * Reads the entry at the cursor, which stands at something that is neither space nor the end of the node.
 * Null when it cannot be read, which is then reported; the cursor always moves on.
 */
export function readEntry(reading: Reading, node: string): Entry | null {
  const { cursor } = reading;
  if (cursor.is(kinds.Equals)) return readNameless(reading, node);
  const call = readCall(reading, node);
  if (call !== null) return call;
  dissolveBrackets(reading, node);
  const start = cursor.offset;
  const isKey = cursor.peek(1)?.tokenType === kinds.Equals;
  const value = readValue(reading, isKey ? { kind: "name" } : { kind: "argument", node });
  const behind = cursor.mark;
  cursor.skipNodeSpace();
  if (cursor.is(kinds.Equals)) {
    if (value !== null && skipEqualsBeforeBlock(reading, node)) return { kind: "argument", value };
    const name = value === null ? null : toName(reading, value);
    const property = readPropertyValue(reading, start, name);
    return property && { kind: "property", property };
  }
  cursor.goTo(behind);
  return value && { kind: "argument", value };
}

/** Reads a value with or without (faulty) type annotation. */
export function readValue(reading: Reading, role: Role): syntax.Value | null {
  skipAnnotation(reading);
  const { cursor } = reading;
  const token = cursor.peek();
  if (token !== undefined && beginsString(token)) return readString(reading, token);
  if (token !== undefined && beginsWord(token)) return readWord(reading, token, role);
  if (token !== undefined) {
    cursor.advance();
    const span = spanOf(reading, token.startOffset, endOf(token));
    if (token.tokenType === kinds.EscLine) {
      fault(reading, "MZ1029", {}, span, {
        label: "not at the end of the line",
        help: 'text with backslashes stands in a raw string: `#"…"#`',
      });
    } else {
      fault(reading, "MZ1001", { found: `\`${token.image}\`` }, span, { label: "unexpected" });
    }
  }
  return null;
}

/** The value as a name: of a property, or of a node. Numbers and keywords are reported. */
export function toName(reading: Reading, { value, span }: syntax.Value): syntax.Text {
  if (value.kind === "string") return { text: value.text, span };
  const text = reading.text.slice(span.start, span.end);
  const quoted = quote(text);
  fault(reading, "MZ1031", { text: shorten(text) }, span, {
    label: "needs quotes",
    help: `a name that looks like a number or a keyword is written \`${shorten(quoted)}\``,
    fix: { span, replacement: quoted },
  });
  return { text, span };
}

/** Nodes that other languages write with a sign before their block. */
const declarations: ReadonlySet<string> = new Set(
  "type enum error context function export public default declare".split(" "),
);

/** Moves over the sign in `type A = {`, and reports it. */
function skipEqualsBeforeBlock(reading: Reading, node: string): boolean {
  if (!declarations.has(node)) return false;
  const { cursor } = reading;
  const before = cursor.mark;
  const sign = spanOf(reading, cursor.offset, cursor.offset + 1);
  cursor.advance();
  cursor.skipNodeSpace();
  if (!cursor.is(kinds.LeftBrace)) {
    cursor.goTo(before);
    return false;
  }
  const line = /[^\n-\r]*$/.exec(reading.text.slice(Math.max(0, sign.start - 200), sign.start));
  const meant = `${line?.[0].trim() ?? node} {`;
  const facts = { sign: "=", where: "before a block" };
  fault(reading, "MZ1109", facts, sign, {
    label: "here",
    help: `write \`${shorten(meant)}\``,
    fix: { span: sign, replacement: "" },
  });
  return true;
}

function readPropertyValue(
  reading: Reading,
  start: number,
  name: syntax.Text | null,
): syntax.Property | null {
  const { cursor } = reading;
  const role: Role = { kind: "property" };
  cursor.advance();
  const equalsEnd = cursor.lastEnd;
  cursor.skipNodeSpace();
  if (cursor.is(kinds.Equals)) {
    const span = spanOf(reading, cursor.offset, cursor.offset + 1);
    fault(reading, "MZ1001", { found: "a second `=`" }, span, {
      label: "one `=` is enough",
      help: "remove it",
      fix: { span, replacement: "" },
    });
    cursor.advance();
    cursor.skipNodeSpace();
  }
  if (cursor.atNodeEnd || cursor.is(kinds.LeftBrace) || cursor.is(kinds.BlockComment)) {
    const span = spanOf(reading, start, equalsEnd);
    fault(reading, "MZ1012", { name: shorten(name?.text ?? "") }, span, {
      label: "a value is missing here",
      help: "write a value behind the `=`, or remove the property",
    });
    return null;
  }
  const value = readValue(reading, role);
  if (name === null || value === null) return null;
  return { name, value, span: spanOf(reading, start, value.span.end) };
}

function readNameless(reading: Reading, node: string): Entry | null {
  const { cursor } = reading;
  const arrow = cursor.peek(1);
  if (arrow?.image === ">") {
    // Other languages have this arrow. Which one is meant is said where the node is known.
    const span = spanOf(reading, cursor.offset, endOf(arrow));
    cursor.advance();
    cursor.advance();
    const value = { value: { kind: "string", text: "=>" }, span, written: "bare" } as const;
    return { kind: "argument", value };
  }
  const span = spanOf(reading, cursor.offset, cursor.offset + 1);
  const before = reading.text.slice(Math.max(0, span.start - 200), span.start).trimEnd();
  cursor.advance();
  if (before.endsWith(node) && misplaced.isNumbered(reading, node)) {
    return { kind: "argument", value: misplaced.equalsSign(span) };
  }
  cursor.skipNodeSpace();
  const token = cursor.peek();
  const begins = token !== undefined && (beginsWord(token) || beginsString(token));
  // `a = integer` on a line of its own.
  const written = begins && before.endsWith(node) ? misplaced.writtenAt(reading, token) : null;
  const meant = written === null ? null : misplaced.withoutSign(node, written);
  fault(reading, "MZ1013", {}, span, {
    label: "a name is missing here",
    help:
      meant === null
        ? "a property is written `name=value`"
        : (meant.help ?? `write \`${shorten(meant.line)}\`, or a property as \`name=value\``),
  });
  // The value belongs to the same mistake.
  if (meant?.isFlag === true) cursor.advance();
  else if (meant !== null) return toArgument(readValue(reading, { kind: "argument", node }));
  else if (begins) readValue(reading, { kind: "name" });
  return null;
}

function toArgument(value: syntax.Value | null): Entry | null {
  return value && { kind: "argument", value };
}

/**
 * Moves over a type annotation, `(u8)5`, and reports it. Parentheses that rather belong to a type
 * expression, `(A|B)?`, are left to `readWord`.
 */
export function skipAnnotation(reading: Reading): void {
  const { cursor } = reading;
  if (!cursor.is(kinds.LeftParenthesis)) return;
  const start = cursor.mark;
  const span = closingParenthesis(reading);
  if (span === null || !isAnnotation(reading, span)) {
    cursor.goTo(start);
    return;
  }
  fault(reading, "MZ1010", {}, span, {
    label: "remove this",
    help: "remove the parentheses and what stands in them",
    fix: { span, replacement: "" },
  });
}

/** Whether parentheses that end before the cursor annotate the value behind them. */
function isAnnotation(reading: Reading, span: Span): boolean {
  const { cursor } = reading;
  const next = cursor.peek();
  if (next !== undefined && beginsWord(next)) return !/^[?|>,()[\]]/.test(next.image);
  cursor.skipNodeSpace();
  const value: Token | undefined = cursor.peek();
  if (value === undefined || !(beginsWord(value) || beginsString(value))) return false;
  return !/[|<?]/.test(reading.text.slice(span.start, span.end));
}
