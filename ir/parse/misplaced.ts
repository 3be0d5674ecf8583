/** Reports text that is sound in itself and stands in the wrong place; reads on where it belongs together. */
import type { Value } from "../model/syntax.js";
import type { Span } from "../source/source.js";
import type { Draft } from "./draft.js";
import { endOf, type Token } from "./kdljs.js";
import { plainNodes } from "./bare-keywords.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";
import { beginsString } from "./strings.js";
import { beginsWord } from "./words.js";

/** A `}` that closes nothing. */
export function reportStrayBrace(reading: Reading, token: Token): void {
  const span = spanOf(reading, token.startOffset, endOf(token));
  fault(reading, "MZ1003", {}, span, {
    label: "closes nothing",
    help: "remove it, or look above for a block that ends too early",
    fix: { span, replacement: "" },
  });
}

/** A `;` that ends no node. */
export function reportStraySemicolon(reading: Reading, token: Token): void {
  const span = spanOf(reading, token.startOffset, endOf(token));
  fault(reading, "MZ1001", { found: "`;`" }, span, {
    label: "ends nothing",
    help: "remove it",
    fix: { span, replacement: "" },
  });
}

/** A block where a node should begin, below a node that has none. */
export function reportBlockOnNextLine(reading: Reading, node: Draft, open: number): void {
  const between = reading.text.slice(node.end, open);
  fault(reading, "MZ1004", { node: shorten(node.name.text) }, spanOf(reading, open, open + 1), {
    label: "opens a block without a node",
    related: [{ span: node.name.span, text: "this node ends with its line" }],
    help: "write the opening brace on the line of the node",
    fix:
      between.trim() === ""
        ? { span: spanOf(reading, node.end, open + 1), replacement: " {" }
        : null,
  });
}

/** A block where a node should begin, and no node that it could belong to. */
export function reportNamelessBlock(reading: Reading, open: number): void {
  fault(reading, "MZ1030", {}, spanOf(reading, open, open + 1), {
    label: "this block has no node",
    help: "write the name of a node before the brace",
  });
}

/** `{{`, where one brace is never closed. */
export function reportSecondBrace(reading: Reading, open: number): void {
  const span = spanOf(reading, open, open + 1);
  fault(reading, "MZ1030", {}, span, {
    label: "a second brace",
    help: "one brace opens the block: remove this one",
    fix: { span, replacement: "" },
  });
}

/** A second block of one node. */
export function reportSecondBlock(reading: Reading, open: number): void {
  fault(reading, "MZ1027", {}, spanOf(reading, open, open + 1), {
    label: "a second block",
    help: "a node has one block: put everything into it",
  });
}

/** Text behind a block: the next node on the same line, or entries that should stand before the block. */
export function reportBehindBlock(reading: Reading, token: Token, isNode: boolean): void {
  const span = spanOf(reading, token.startOffset, endOf(token));
  fault(reading, "MZ1027", {}, span, {
    label: "stands behind a block",
    help: isNode
      ? "begin the next node on a new line, or after `;`"
      : "write arguments and properties before the block",
  });
}

/** The value that a token begins as it stands there, with all of it that is on its line. */
export function writtenAt({ text }: Reading, token: Token): string {
  const rest = /^.{0,200}/.exec(text.slice(token.startOffset))?.[0] ?? "";
  if (/^[([]/.test(token.image)) return /^\S+/.exec(rest)?.[0] ?? token.image;
  if (!beginsString(token)) return token.image;
  return /^(#*)"(?:[^"\\]|\\.)*"\1/.exec(rest)?.[0] ?? token.image;
}

/**
 * `name = value` as a node of a block. A flag stands there or does not, and says nothing more; `help` is what
 * else there is to say of one.
 */
export function withoutSign(
  name: string,
  value: string,
): { readonly line: string; readonly isFlag: boolean; readonly help: string | null } {
  const [, flag] = /^#?(true|false)$/.exec(value) ?? [];
  if (flag === undefined) return { line: `${name} ${value}`, isFlag: false, help: null };
  const line = (flag === "true" ? switchedOn : switchedOff).get(name) ?? name;
  const isLeftOut = flag === "false" && line === name;
  return { line, isFlag: true, help: isLeftOut ? "leave the line out" : `write \`${line}\`` };
}

const switchedOn: ReadonlyMap<string, string> = new Map([["auth", "auth required"]]);
const switchedOff: ReadonlyMap<string, string> = new Map([
  ["auth", "auth none"],
  ["cache", "cache off"],
]);

/**
 * Whether a number and nothing else follows the `=` behind a name that is none of the language's: it may be a
 * value of an enum or a field, which is known where the block is.
 */
export function isNumbered({ cursor, text }: Reading, name: string): boolean {
  const rest = text.slice(cursor.offset, cursor.offset + 100);
  return /^[ \t]*-?\d[\d.]*[ \t]*([;}\n\r]|\/\/|$)/.test(rest) && !plainNodes.test(name);
}

/** The sign as an argument, which no text without quotes can be. */
export function equalsSign(span: Span): Value {
  return { value: { kind: "string", text: "=" }, span, written: "bare" };
}

/** Reads `name=` at the beginning of a line, up to its value, or behind it where that adds nothing. */
export function readPropertyAlone(reading: Reading, draft: Draft): void {
  const { cursor } = reading;
  const { name } = draft;
  const sign = spanOf(reading, cursor.offset, cursor.offset + 1);
  cursor.advance();
  if (isNumbered(reading, name.text)) {
    draft.args.push(equalsSign(sign));
    return;
  }
  const token = cursor.peek();
  const begins = token !== undefined && (beginsWord(token) || beginsString(token));
  const written = begins ? writtenAt(reading, token) : "";
  const { line, isFlag, help } = withoutSign(name.text, written || "…");
  fault(
    reading,
    "MZ1035",
    { name: shorten(name.text) },
    { ...name.span, end: sign.end },
    {
      label: "a property without a node",
      help: help ?? `in a block a space stands between name and value: \`${shorten(line)}\``,
      fix: isFlag ? null : { span: sign, replacement: " " },
    },
  );
  if (isFlag) cursor.advance();
  if (isFlag || written === "") draft.faulty = true;
}

/** Two values side by side, of which the second begins at `start`. */
export function reportMissingSpace(reading: Reading, start: number): void {
  const gap = spanOf(reading, start, start);
  fault(reading, "MZ1014", {}, spanOf(reading, start, reading.cursor.lastEnd), {
    label: "a space is missing before this",
    help: "write a space between two values",
    fix: { span: gap, replacement: " " },
  });
}

/** `/-` before nothing. */
export function reportNothingLeftOut(reading: Reading, marker: number): void {
  fault(reading, "MZ1028", {}, spanOf(reading, marker, marker + 2), {
    label: "leaves out nothing",
    help: "`/-` stands before the node, argument, property or block that it leaves out",
  });
}
