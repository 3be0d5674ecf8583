/**
 * A place in the list of tokens, and the ways to move over what separates nodes and entries.
 *
 * Words: *node space* is white space, block comments and escaped line ends, all within one node; *line
 * space* is node space, line ends and line comments, between nodes.
 */
import { endOf, kinds, type Token } from "./kdljs.js";

export class TokenCursor {
  readonly #tokens: Token[];
  #index = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  /** The token at hand, or `ahead` tokens further; undefined at the end of the file. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#index + ahead];
  }

  is(kind: Token["tokenType"]): boolean {
    return this.#tokens[this.#index]?.tokenType === kind;
  }

  /** Whether the token before that at hand is of a kind. */
  lastIs(kind: Token["tokenType"]): boolean {
    return this.#tokens[this.#index - 1]?.tokenType === kind;
  }

  /** Where the token at hand starts; tokens cover the whole text, so at the end that is its length. */
  get offset(): number {
    return this.#tokens[this.#index]?.startOffset ?? this.lastEnd;
  }

  offsetOf(mark: number): number {
    return this.#tokens[mark]?.startOffset ?? this.lastEnd;
  }

  /** Where the token before it ended. */
  get lastEnd(): number {
    const last = this.#tokens[this.#index - 1];
    return last === undefined ? 0 : endOf(last);
  }

  get atEnd(): boolean {
    return this.#index >= this.#tokens.length;
  }

  advance(): void {
    if (this.#index < this.#tokens.length) this.#index++;
  }

  /** Where we are, to come back with `goTo`. */
  get mark(): number {
    return this.#index;
  }

  goTo(mark: number): void {
    this.#index = mark;
  }

  slice(from: number, to: number = this.#index): Token[] {
    return this.#tokens.slice(from, to);
  }

  /** Puts another token in place of that at hand. */
  replace(token: Token): void {
    this.#tokens[this.#index] = token;
  }

  /**
   * Puts tokens in place of those between a mark and the cursor, which then stands at the first of them.
   * This takes time with the length of the file, so it must not be done for everything that is wrong.
   */
  replaceSince(mark: number, tokens: readonly Token[]): void {
    this.#tokens.splice(mark, this.#index - mark, ...tokens);
    this.#index = mark;
  }

  /** Whether a node ends here: line end, `;`, line comment, closing brace, end of file. */
  get atNodeEnd(): boolean {
    const token = this.#tokens[this.#index];
    return token === undefined || nodeEnds.has(token.tokenType);
  }

  get atLineEnd(): boolean {
    const token = this.#tokens[this.#index];
    return token === undefined || isLineEnd(token);
  }

  /** Moves over node space and says whether there was any. */
  skipNodeSpace(): boolean {
    const before = this.#index;
    for (;;) {
      const token = this.#tokens[this.#index];
      if (token === undefined) break;
      const kind = token.tokenType;
      if (kind === kinds.WhiteSpace) this.#index++;
      else if (kind === kinds.OpenMultiLineComment) this.#skipBlockComment();
      else if (kind !== kinds.EscLine || !this.#skipEscapedLineEnd()) break;
    }
    return this.#index > before;
  }

  /**
   * Moves over line space and gives the comments that belong to the node behind it: those that stand
   * alone on their lines, with no blank line between them and the node.
   */
  skipLineSpace(): readonly Token[] {
    let comments: Token[] = [];
    // A comment behind other text on its line documents nothing.
    let lineIsEmpty = this.#startsLine();
    for (;;) {
      this.skipNodeSpace();
      const token = this.peek();
      if (token === undefined) break;
      if (token.tokenType === kinds.LineComment) {
        const alone = lineIsEmpty;
        this.#index++;
        if (!this.atEnd) this.#index++;
        if (alone) comments.push(token);
      } else if (isLineEnd(token)) {
        if (lineIsEmpty) comments = [];
        this.#index++;
      } else {
        break;
      }
      lineIsEmpty = true;
    }
    return comments;
  }

  #startsLine(): boolean {
    const last = this.#tokens[this.#index - 1];
    return last === undefined || isLineEnd(last) || last.tokenType === kinds.BOM;
  }

  /** Block comments nest. One that never ends takes the rest of the file. */
  #skipBlockComment(): void {
    let depth = 0;
    do {
      const kind = this.#tokens[this.#index]?.tokenType;
      if (kind === kinds.OpenMultiLineComment) depth++;
      if (kind === kinds.CloseMultiLineComment) depth--;
      this.#index++;
    } while (depth > 0 && !this.atEnd);
  }

  #skipEscapedLineEnd(): boolean {
    const before = this.#index;
    this.#index++;
    for (;;) {
      if (this.is(kinds.WhiteSpace)) this.#index++;
      else if (this.is(kinds.OpenMultiLineComment)) this.#skipBlockComment();
      else break;
    }
    if (this.is(kinds.LineComment)) this.#index++;
    if (this.atLineEnd) {
      if (!this.atEnd) this.#index++;
      return true;
    }
    this.#index = before;
    return false;
  }
}

const nodeEnds: ReadonlySet<Token["tokenType"]> = new Set([
  kinds.NewLine,
  kinds.UnclosedQuote,
  kinds.SemiColon,
  kinds.LineComment,
  kinds.RightBrace,
]);

function isLineEnd(token: Token): boolean {
  return token.tokenType === kinds.NewLine || token.tokenType === kinds.UnclosedQuote;
}
