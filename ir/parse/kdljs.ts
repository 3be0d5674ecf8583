/**
 * The adapter: the only module that imports kdljs and chevrotain.
 *
 * From kdljs come the tables of characters and tokens, and the rules inside strings: escapes, line ends,
 * the indentation of multi-line strings. Its rules for nodes are not used: they keep no places, end with
 * the first error, refuse `node{` and `x/-1`, and try out properties by throwing. `nodes.ts` reads nodes,
 * and a test holds that both see the same in sound documents.
 *
 * Lexing never fails here. Where kdljs knows no token, one of ours stands for the piece of text, so that
 * the reader can say what is wrong with it and go on behind it.
 *
 * Some internals of both packages are leaned on. They are pinned, and `parse.test.ts` guards them.
 */
import { Lexer, createToken, type IToken, type TokenType } from "chevrotain";
import { BaseParser } from "kdljs/src/parser/base.js";
import * as kdl from "kdljs/src/parser/tokens.js";

/** A token as the lexer makes it: `image`, `startOffset` in UTF-16 units, `tokenType`. */
export type Token = IToken;

/** One code unit for each row of the lexer's table of first characters: Latin-1, then blocks of 255. */
const anyCharacter = [
  ...Array.from({ length: 256 }, (_, code) => code),
  ...Array.from({ length: 257 }, (_, block) => Math.min(256 + block * 255, 0xffff)),
];
const wordCharacter = anyCharacter.filter(
  (code) => code > 0x20 && !`"#()/;=[\\]{}\x7F\x85\xA0`.includes(String.fromCharCode(code)),
);

const ours = (name: string, pattern: RegExp, more: object = {}): TokenType =>
  createToken({ name, pattern, start_chars_hint: anyCharacter, ...more });

/** The kinds of tokens by name: kdljs's own, then ours for what is no KDL. */
export const kinds = {
  ...kdl,
  /** `#yes`, `#True`, a lone `#`. */
  UnknownKeyword: ours("UnknownKeyword", /#+[^\s"(){}[\]/\\;=#]*/),
  /** `#"abc` without its end, up to the end of the line; `#"""` up to the end of the file. */
  UnclosedRawString: ours("UnclosedRawString", /#+"""[^]*|#+"[^\n-\r\x85\u2028\u2029]*/),
  /** What would be an identifier but for its first characters: `.5`, `-.5x`. */
  Malformed: ours("Malformed", /[^\s"#()/;=[-\]{}\uFEFF]+/, { start_chars_hint: wordCharacter }),
  /** A backslash and a character that it does not escape. */
  BadEscape: ours("BadEscape", /\\[^]/, { start_chars_hint: ["\\"] }),
  /**
   * A line end other than CR and LF in a quoted string. KDL wants it escaped; the canonical form has it as
   * it is, so it is text here.
   */
  InnerLineEnd: ours("InnerLineEnd", /[\v\f\x85\u2028\u2029]/),
  /** The end of the line in a string that should have been closed on it. */
  UnclosedQuote: ours("UnclosedQuote", /\r\n|[\n\r]/, { pop_mode: true }),
  /** One character that no other token begins with. */
  Stray: ours("Stray", /[^]/),
} as const;

/**
 * The lexer tries only those tokens that can begin with the character at hand, if it knows that of every
 * token. It works it out from a pattern, but not from negated sets, so we say it for these.
 */
for (const [token, start] of [
  [kdl.Identifier, wordCharacter],
  [kdl.Unicode, anyCharacter],
  [kdl.MultiLineCommentContent, anyCharacter],
] as const) {
  token.START_CHARS_HINT = [...start];
}

const inAnyString = [kdl.Unicode, kdl.Escape, kdl.UnicodeEscape, kdl.WhiteSpaceEscape];
const modes = {
  main: [
    kdl.WhiteSpace,
    kdl.BOM,
    kdl.NewLine,
    kdl.BlockComment,
    kdl.LineComment,
    kdl.OpenMultiLineComment,
    kdl.Boolean,
    kdl.Null,
    kdl.FloatKeyword,
    kdl.MultiLineRawString,
    kdl.RawString,
    kinds.UnclosedRawString,
    kinds.UnknownKeyword,
    kdl.Integer,
    kdl.Float,
    kdl.SemiColon,
    kdl.Equals,
    kdl.LeftBrace,
    kdl.RightBrace,
    kdl.LeftParenthesis,
    kdl.RightParenthesis,
    kdl.EscLine,
    kdl.MultiLineOpenQuote,
    kdl.OpenQuote,
    kdl.Identifier,
    kinds.Malformed,
    kinds.Stray,
  ],
  multilineComment: [
    kdl.OpenMultiLineComment,
    kdl.CloseMultiLineComment,
    kdl.MultiLineCommentContent,
  ],
  string: [
    ...inAnyString,
    kdl.CloseQuote,
    kinds.InnerLineEnd,
    kinds.UnclosedQuote,
    kinds.BadEscape,
    kinds.Stray,
  ],
  multilineString: [
    kdl.MultiLineCloseQuote,
    kdl.MultiLineSingleQuote,
    kdl.NewLine,
    kdl.WhiteSpace,
    ...inAnyString,
    kinds.BadEscape,
    kinds.Stray,
  ],
};

/** kdljs's rules for strings. The others are emptied: nobody calls them, and analysing them takes time. */
class StringParser extends BaseParser {
  constructor() {
    super([...new Set(Object.values(modes).flat())]);
    this.skipValidations = true;
    const kept = /string$/i;
    for (const rule of this.definedRulesNames) {
      if (!kept.test(rule)) this.OVERRIDE_RULE(rule, () => undefined);
    }
    // kdljs answers half a character above U+FFFF. The reader has refused surrogates before.
    this.OVERRIDE_RULE("unicodeEscape", () => {
      const { image } = this.CONSUME(kdl.UnicodeEscape);
      return this.ACTION(() => String.fromCodePoint(Number.parseInt(image.slice(3, -1), 16)));
    });
    this.performSelfAnalysis();
  }
}

// Both are made once, since that costs more than reading a contract, and are reset before each use. Few
// contracts have strings that need the parser.
const lexer = new Lexer(
  { defaultMode: "main", modes },
  { positionTracking: "onlyOffset", ensureOptimizations: true, skipValidations: true },
);
const stringParser = once(() => new StringParser());

/** Cuts a text into tokens that together cover every character of it. */
export function tokenize(text: string): Token[] {
  return lexer.tokenize(text).tokens;
}

/** The text that the tokens of one string stand for, or null where kdljs does not accept them. */
export function textOfString(tokens: readonly Token[]): string | null {
  const parser = stringParser();
  parser.input = tokens.map((token) =>
    token.tokenType === kinds.InnerLineEnd ? asText(token) : token,
  );
  const text = parser.string();
  return parser.errors.length === 0 ? text : null;
}

/** The token as kdljs knows text. */
function asText(token: Token): Token {
  return { ...token, tokenType: kdl.Unicode, tokenTypeIdx: kdl.Unicode.tokenTypeIdx ?? 0 };
}

/** The offset behind a token. */
export function endOf(token: Token): number {
  return token.startOffset + token.image.length;
}

function once<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
