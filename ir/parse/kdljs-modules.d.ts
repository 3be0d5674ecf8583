/** The two inner modules of kdljs that the adapter imports; the package types only its main entry. */
declare module "kdljs/src/parser/base.js" {
  import type { EmbeddedActionsParser, ParserMethod, TokenType } from "chevrotain";

  /** The rules that KDL documents and KDL queries share. A subclass must call `performSelfAnalysis`. */
  export class BaseParser extends EmbeddedActionsParser {
    constructor(tokens: readonly TokenType[]);
    /** Names of all rules defined so far. Not part of chevrotain's public types. */
    protected readonly definedRulesNames: readonly string[];
    /** Whether `performSelfAnalysis` leaves out the checks of the grammar. Not public either. */
    protected skipValidations: boolean;
    /** Any string: identifier, quoted, multi-line, raw, or multi-line raw. */
    readonly string: ParserMethod<[], string>;
  }
}

declare module "kdljs/src/parser/tokens.js" {
  import type { TokenType } from "chevrotain";

  export const WhiteSpace: TokenType;
  export const BOM: TokenType;
  export const NewLine: TokenType;
  export const BlockComment: TokenType;
  export const LineComment: TokenType;
  export const OpenMultiLineComment: TokenType;
  export const CloseMultiLineComment: TokenType;
  export const MultiLineCommentContent: TokenType;
  export const Boolean: TokenType;
  export const Null: TokenType;
  export const FloatKeyword: TokenType;
  export const RawString: TokenType;
  export const MultiLineRawString: TokenType;
  export const Integer: TokenType;
  export const Float: TokenType;
  export const SemiColon: TokenType;
  export const Equals: TokenType;
  export const LeftBrace: TokenType;
  export const RightBrace: TokenType;
  export const LeftParenthesis: TokenType;
  export const RightParenthesis: TokenType;
  export const EscLine: TokenType;
  export const Identifier: TokenType;
  export const OpenQuote: TokenType;
  export const CloseQuote: TokenType;
  export const Unicode: TokenType;
  export const Escape: TokenType;
  export const UnicodeEscape: TokenType;
  export const WhiteSpaceEscape: TokenType;
  export const MultiLineOpenQuote: TokenType;
  export const MultiLineCloseQuote: TokenType;
  export const MultiLineSingleQuote: TokenType;
}
