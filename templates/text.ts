/**
 * Text that may be put into generated code. Each kind is a branded string with one maker, which quotes or
 * sanitises what it is given; templates and the layout accept nothing else. So no name, description or
 * value of a contract can become code by accident.
 *
 * This is the one place of the generator that asserts a type: the brand itself.
 */
import { isIdentifierName } from "../ir/naming.js";
import type { Layout } from "./layout/layout.js";

declare const brand: unique symbol;
type Branded<Kind extends string> = string & { readonly [brand]: Kind };

/** A name that can stand as it is: of a variable, a type, an import. */
export type Identifier = Branded<"identifier">;
/** A text between quotes. */
export type StringLiteral = Branded<"string">;
/** One line of documentation, with its comment marks. */
export type DocLine = Branded<"doc">;
/** Whole lines of code, laid out. */
export type Code = Branded<"code">;

/** What a template may print. */
export type Printable = Identifier | StringLiteral | DocLine | Code;

/** Names were checked long before; one that is no identifier here is a bug of ours. */
export function toIdentifier(name: string): Identifier {
  if (!isIdentifierName(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`);
  return name as Identifier;
}

/** A declaration under its documentation. */
export function documented(doc: readonly DocLine[], code: Code): Code {
  return doc.length === 0 ? code : (`${doc.join("\n")}\n${code}` as Code);
}

/** A text for the rest of a line comment. */
export function toCommentText(text: string): DocLine {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, " ") as DocLine;
}

/** For `layout/print.ts` alone, which has put the text together from safe parts. */
export function toCode(text: string): Code {
  return text as Code;
}

/**
 * A text as a string literal: in the preferred quotes, or the other ones where that saves escapes. Control
 * characters, line separators and lone surrogates are escaped, everything else stands as it is.
 */
export function stringLiteral(text: string, layout: Pick<Layout, "singleQuote">): StringLiteral {
  const preferred = layout.singleQuote ? "'" : '"';
  if (isPlain.test(text)) return (preferred + text + preferred) as StringLiteral;
  const other = layout.singleQuote ? '"' : "'";
  const quote = count(text, preferred) > count(text, other) ? other : preferred;
  const body = text.replace(needsEscape, (found) =>
    found === otherOf(quote) ? found : escape(found),
  );
  return (quote + body + quote) as StringLiteral;
}

/** Most texts: nothing in them asks for a choice of quotes or for an escape. */
const isPlain = /^[ !#-&(-[\]-~]*$/;

const needsEscape = /[\\"'\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu;

const shortEscapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "'": "\\'",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escape(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return (
    shortEscapes[character] ??
    (code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`)
  );
}

function otherOf(quote: string): string {
  return quote === '"' ? "'" : '"';
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/**
 * The keys of one object or interface as they are printed. Identifiers go without quotes; with
 * `quoteProps: "consistent"` one that needs quotes makes all of them quoted.
 */
export function printKeys(
  members: readonly { readonly name: string }[],
  layout: Layout,
): readonly string[] {
  const all =
    layout.quoteProps === "consistent" && !members.every(({ name }) => isIdentifierName(name));
  return members.map(({ name }) =>
    all || !isIdentifierName(name) ? stringLiteral(name, layout) : name,
  );
}

/**
 * Documentation as the lines of a TSDoc comment; none for no documentation. What would end the comment, or
 * be read as an instruction by TypeScript, is disarmed; other control characters become spaces.
 */
export function docLines(paragraphs: readonly (string | null)[]): readonly DocLine[] {
  if (paragraphs.every((text) => text === null)) return [];
  const lines = paragraphs
    .flatMap((text) => (text === null ? [] : text.split(/\r\n|[\n\r\u2028\u2029]/)))
    .map((text) =>
      text
        .replace(/\p{Cc}/gu, " ")
        .replace(/\*\//g, "*\\/")
        .replace(/@(?=ts-)/g, "\\@")
        .trimEnd(),
    );
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  const [only, ...others] = lines;
  if (only === undefined) return [];
  if (others.length === 0) return [`/** ${only.trimStart()} */` as DocLine];
  const middle = lines.map((text) => (text === "" ? " *" : ` * ${text}`));
  return ["/**", ...middle, " */"].map((text) => text as DocLine);
}
