/** Raw strings as KDL 1 and other languages write them, with an `r` before the quotes: `r"^\d+$"`, `r#"a"#`. */
import type * as syntax from "../model/syntax.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";
import { readString } from "./strings.js";
import { unmask } from "./text.js";

/** Reads such a string and reports it. Null when something else stands at the cursor, which then stays. */
export function readOldRawString(reading: Reading, letter: Token): syntax.Value | null {
  const { cursor } = reading;
  const open = cursor.peek(1);
  if (letter.image !== "r" || open === undefined) return null;
  switch (open.tokenType) {
    case kinds.RawString:
      cursor.advance();
      return reported(reading, letter, readString(reading, open));
    case kinds.OpenQuote:
      return readQuoted(reading, letter, open);
    default:
      return null;
  }
}

/** Everything up to the next quote on the line is text, backslashes too. */
function readQuoted(reading: Reading, letter: Token, open: Token): syntax.Value | null {
  const { cursor, text } = reading;
  const start = endOf(open);
  const line = /^[^"\n-\r\x85\u2028\u2029]*/.exec(text.slice(start))?.[0] ?? "";
  const end = start + line.length + 1;
  if (text.charAt(end - 1) !== '"') return null;
  const before = cursor.mark;
  while (cursor.offset < end && !cursor.atEnd) cursor.advance();
  if (cursor.offset !== end || !cursor.lastIs(kinds.CloseQuote)) {
    // With a backslash before it the quote is no end for whoever cut the text into tokens.
    cursor.goTo(before);
    return null;
  }
  const value = { kind: "string", text: unmask(reading, line) } as const;
  return reported(reading, letter, {
    value,
    span: spanOf(reading, open.startOffset, end),
    written: "raw",
  });
}

function reported(reading: Reading, letter: Token, value: syntax.Value): syntax.Value {
  const span = { ...value.span, start: letter.startOffset };
  const inner = reading.text.slice(letter.startOffset + 1, span.end);
  const meant = inner.startsWith("#") ? inner : `#${inner}#`;
  fault(reading, "MZ1032", { mark: 'r"…"' }, span, {
    label: "a raw string of other languages",
    help: `a raw string has \`#\` around its quotes: write \`${shorten(meant)}\``,
    fix: { span, replacement: meant },
  });
  return { ...value, span };
}
