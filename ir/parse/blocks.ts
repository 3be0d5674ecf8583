/** Where blocks end, also those that nobody closed, and how deep they may be nested. */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { fault, spanOf, type Reading } from "./reading.js";

/** Blocks may be nested this deep. */
const deepest = 64;

/** A node's block while it is being read. */
export type Block = {
  /** The node's name. */
  readonly owner: string;
  /** Offset of the opening brace. */
  readonly open: number;
  /** How far the node is indented, if it is the first on its line and a brace is missing somewhere. */
  readonly indent: number | null;
  /** 1 for the block of a top-level node. */
  readonly depth: number;
};

/**
 * Decides where blocks end. As long as more braces open than close, a node that stands no further right
 * than the node of its block is taken to stand behind the block.
 */
export class BlockEnds {
  readonly #reading: Reading;
  /** How many blocks without a closing brace are still to be found. */
  #missing: number;
  /** How many closing braces have no block that could end there. */
  #surplus: number;
  /** Blocks that the end of the file cut off, innermost first. */
  readonly #cutOff: Block[] = [];

  /** `balance` is how many more blocks are opened than closed. */
  constructor(reading: Reading, balance: number) {
    this.#reading = reading;
    this.#missing = Math.max(0, balance);
    this.#surplus = Math.max(0, -balance);
  }

  /** Begins the block of the node at `start` with the brace at `open`. */
  begin(owner: string, start: number, open: number, depth: number): Block {
    const indent = this.#missing > 0 ? indentOf(this.#reading.text, start) : null;
    return { owner, open, indent, depth };
  }

  /** Whether a block is nested too deep, which is then reported. */
  isTooDeep({ depth, open }: Block): boolean {
    if (depth <= deepest) return false;
    fault(this.#reading, "MZ1022", { limit: deepest }, spanOf(this.#reading, open, open + 1), {
      label: "this block is too deep",
      help: "a contract needs three or four levels: look for a brace that was never closed",
    });
    return true;
  }

  /** Whether the block has ended before a token: with its brace, or going by the indentation. */
  isBehind(block: Block, token: Token): boolean {
    if (token.tokenType === kinds.RightBrace) return true;
    if (this.#missing === 0 || block.indent === null) return false;
    const indent = indentOf(this.#reading.text, token.startOffset);
    return indent !== null && indent <= block.indent;
  }

  /** Ends a block without brace: before `next`, or with the file. */
  endUnclosed(block: Block, next: Token | undefined): void {
    if (next === undefined) {
      this.#cutOff.push(block);
      return;
    }
    this.#missing--;
    const place = spanOf(this.#reading, next.startOffset, endOf(next));
    this.#report(block, {
      related: [{ span: place, text: "by its indentation this stands outside of the block" }],
      help: "write `}` on a line of its own before the text that follows the block",
    });
  }

  /** Takes an opening brace for one too many; false when none is missing its partner. */
  forgiveOpening(): boolean {
    if (this.#missing === 0) return false;
    this.#missing--;
    return true;
  }

  /** Whether more braces close than open. */
  get hasSurplus(): boolean {
    return this.#surplus > 0;
  }

  /** Takes a closing brace for the end of a block that lacks its beginning. */
  forgiveClosing(): void {
    this.#surplus--;
  }

  /** Reports the blocks that are still open at the end of the file: one mistake, however many. */
  reportCutOff(): void {
    const [innermost, ...outer] = this.#cutOff;
    if (innermost === undefined) return;
    const related = outer.slice(0, 5).map(({ owner, open }) => ({
      span: spanOf(this.#reading, open, open + 1),
      text: `the block of \`${owner}\` is open too`,
    }));
    const help =
      outer.length === 0
        ? "the file ends inside of it: write `}` where it should end"
        : `the file ends inside of ${this.#cutOff.length} blocks: write a \`}\` for each`;
    this.#report(innermost, { related, help });
  }

  #report({ owner, open }: Block, extra: Pick<Diagnostic, "related" | "help">): void {
    fault(this.#reading, "MZ1002", { node: owner }, spanOf(this.#reading, open, open + 1), {
      label: "opened here",
      ...extra,
    });
  }
}

/** The width of the white space before an offset, or null where other text stands before it. */
export function indentOf(text: string, offset: number): number | null {
  let start = offset;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const before = text.charAt(start - 1);
  return before === "" || /[\n-\r\x85\u2028\u2029\ufeff]/.test(before) ? offset - start : null;
}
