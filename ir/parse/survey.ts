/** A look over all tokens before they are read: what opens and never closes. */
import { kinds, type Token } from "./kdljs.js";

export type Survey = {
  /** How many more blocks are opened than closed; negative where more are closed. */
  readonly openBlocks: number;
  /** The start of a block comment that goes on to the end of the file. */
  readonly openComment: Token | null;
  /** Whether the end of the file lies in a comment or in a string of several lines. */
  readonly cutOff: boolean;
};

export function surveyTokens(tokens: readonly Token[]): Survey {
  let blocks = 0;
  let comments = 0;
  let comment: Token | null = null;
  let inString = false;
  for (const token of tokens) {
    switch (token.tokenType) {
      case kinds.LeftBrace:
        blocks++;
        break;
      case kinds.RightBrace:
        blocks--;
        break;
      case kinds.OpenMultiLineComment:
        if (comments === 0) comment = token;
        comments++;
        break;
      case kinds.CloseMultiLineComment:
        comments--;
        break;
      case kinds.MultiLineOpenQuote:
        inString = true;
        break;
      case kinds.MultiLineCloseQuote:
        inString = false;
        break;
      case kinds.UnclosedRawString:
        inString = token.image.includes('"""');
        break;
    }
  }
  const openComment = comments > 0 ? comment : null;
  const cutOff = openComment !== null || inString;
  // What is cut off with the rest of the file is no fault of the braces.
  return { openBlocks: cutOff ? 0 : blocks, openComment, cutOff };
}
