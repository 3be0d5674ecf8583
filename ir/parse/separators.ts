/**
 * Commas, colons and brackets around values, as other languages want them: one diagnostic for those of a
 * node. The values are then read as if they stood side by side.
 */
import type { Draft } from "./draft.js";
import { kinds, tokenize, type Token } from "./kdljs.js";
import { fault, spanOf, type Reading } from "./reading.js";

/**
 * When the token at the cursor begins with a comma or a colon, moves behind that character and gives the
 * token. What follows it in the same token is read on as a token of its own.
 */
export function splitSeparator({ cursor }: Reading): Token | null {
  const token = cursor.peek();
  if (token?.tokenType !== kinds.Identifier || !/^[,:]/.test(token.image)) return null;
  const image = token.image.slice(1);
  const rest = tokenize(image);
  if (rest.length === 0) {
    cursor.advance();
  } else {
    const [only] = rest.length === 1 ? rest : [];
    const tokenType = only?.tokenType ?? kinds.Malformed;
    cursor.replace({ ...token, image, tokenType, startOffset: token.startOffset + 1 });
  }
  return { ...token, image: token.image.charAt(0) };
}

/** Reports the separators of one node together. */
export function reportSeparators(reading: Reading, separators: readonly Token[]): void {
  const [first, ...others] = separators;
  const last = separators.at(-1);
  if (first === undefined || last === undefined) return;
  const span = spanOf(reading, first.startOffset, first.startOffset + 1);
  const range = spanOf(reading, first.startOffset, last.startOffset + 1);
  let replacement = "";
  let from = range.start;
  for (const { startOffset } of separators) {
    replacement += reading.text.slice(from, startOffset);
    from = startOffset + 1;
    if (!/^\s/.test(reading.text.slice(from))) replacement += " ";
  }
  fault(reading, "MZ1015", { separator: first.image }, span, {
    label: "remove this",
    related: others.map(({ startOffset }) => ({
      span: spanOf(reading, startOffset, startOffset + 1),
      text: "and this",
    })),
    help: "write a space between two values",
    fix: { span: range, replacement },
  });
}

/** Nodes that take a list of names or values. */
const listNodes: ReadonlySet<string> = new Set(["enum", "errors", "methods"]);

/** `"a"|"b"` in a list of values: which signs do not belong there is said with the list, not with the spaces. */
export function isListSign({ name, args }: Draft, token: Token): boolean {
  if (!listNodes.has(name.text)) return false;
  const before = args.at(-2);
  const isBehind =
    before?.written === "bare" && before.value.kind === "string" && /[|,]$/.test(before.value.text);
  return isBehind || /^[|,]/.test(token.image);
}

/** How many tokens may stand between brackets to be taken for a pair. */
const longestPair = 100;

/** What opens a list of values elsewhere, and what closes it. */
const brackets: ReadonlyMap<string, string> = new Map([
  ["[", "]"],
  ["(", ")"],
]);

/**
 * Takes the brackets and commas out of `[red, blue]` or `(red, blue)` at the cursor, in a node that takes such
 * values, and moves to the first of them. Does nothing where anything else stands.
 */
export function dissolveBrackets(reading: Reading, node: string): void {
  const { cursor } = reading;
  const close = brackets.get(cursor.peek()?.image ?? "");
  if (!listNodes.has(node) || close === undefined || reading.faults.full) return;
  const from = cursor.mark;
  while (cursor.peek()?.image !== close) {
    if (cursor.atNodeEnd || cursor.mark - from > longestPair) return cursor.goTo(from);
    cursor.advance();
  }
  cursor.advance();
  const tokens = cursor.slice(from).flatMap(withoutSeparators);
  const span = spanOf(reading, cursor.offsetOf(from), cursor.lastEnd);
  const first = tokens.findIndex(({ tokenType }) => tokenType !== kinds.WhiteSpace);
  if (first === -1) return cursor.goTo(from);
  const values = reading.text.slice(span.start + 1, span.end - 1).split(",");
  fault(reading, close === "]" ? "MZ1011" : "MZ1019", {}, span, {
    label: "brackets around values",
    help: "write the values side by side, with spaces",
    fix: { span, replacement: values.map((value) => value.trim()).join(" ") },
  });
  cursor.replaceSince(from, tokens);
  cursor.goTo(from + first);
}

/** The token without commas and brackets, which become white space. */
function withoutSeparators(token: Token): readonly Token[] {
  const { image, startOffset, tokenType } = token;
  if (tokenType === kinds.LeftParenthesis || tokenType === kinds.RightParenthesis) {
    return [{ ...token, tokenType: kinds.WhiteSpace }];
  }
  if (tokenType !== kinds.Stray && tokenType !== kinds.Identifier) return [token];
  let from = 0;
  let to = image.length;
  while (from < to && isSign(image.charAt(from))) from++;
  while (from < to && isSign(image.charAt(to - 1))) to--;
  if (to - from === image.length) return [token];
  const space = { ...token, tokenType: kinds.WhiteSpace };
  const word = tokenize(image.slice(from, to)).map((part) => ({
    ...part,
    startOffset: startOffset + from + part.startOffset,
  }));
  return [
    { ...space, image: image.slice(0, from) },
    ...word,
    { ...space, image: image.slice(to), startOffset: startOffset + to },
  ].filter((part) => part.image !== "");
}

function isSign(character: string): boolean {
  return /[,()[\]]/.test(character);
}
