/** Commas and colons between values, as other languages want them: one diagnostic for those of a node. */
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
