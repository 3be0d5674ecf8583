/** Where blocks end that nobody closed, and how that is reported. */
import { endOf, type Token } from "./kdljs.js";
import { fault, spanOf, type Reading } from "./reading.js";

/** Blocks may be nested this deep. */
export const deepestBlock = 64;

/** A node's block while it is being read. */
export type Block = {
  /** The node's name. */
  readonly owner: string;
  /** Offset of the opening brace. */
  readonly open: number;
  /** How far the node is indented, if it is the first on its line. */
  readonly indent: number | null;
  /** 1 for the block of a top-level node. */
  readonly depth: number;
};

/** The width of the white space before an offset, or null where other text stands before it. */
export function indentOf(text: string, offset: number): number | null {
  const lineEnd = /[^ \t]/;
  let start = offset;
  while (start > 0 && !lineEnd.test(text.charAt(start - 1))) start--;
  return start === 0 || /[\n-\r\x85\u2028\u2029\ufeff]/.test(text.charAt(start - 1))
    ? offset - start
    : null;
}

/**
 * Whether a node that begins at `offset` stands outside of a block by its indentation: first on its line,
 * and no further right than the node of the block.
 */
export function isOutside(text: string, block: Block, offset: number): boolean {
  if (block.indent === null) return false;
  const indent = indentOf(text, offset);
  return indent !== null && indent <= block.indent;
}

/** Reports a block that should have ended before the token `next`. */
export function reportOutdented(reading: Reading, block: Block, next: Token): void {
  const brace = spanOf(reading, block.open, block.open + 1);
  const place = spanOf(reading, next.startOffset, endOf(next));
  fault(reading, "MZ1002", { node: block.owner }, brace, {
    label: "opened here",
    related: [{ span: place, text: "by its indentation this stands outside of the block" }],
    help: "write `}` on a line of its own before the text that follows the block",
  });
}

/** Reports the blocks, innermost first, that are still open at the end of the file: one mistake. */
export function reportOpenAtEnd(reading: Reading, blocks: readonly Block[]): void {
  const [innermost, ...outer] = blocks;
  if (innermost === undefined) return;
  const brace = spanOf(reading, innermost.open, innermost.open + 1);
  fault(reading, "MZ1002", { node: innermost.owner }, brace, {
    label: "opened here",
    related: outer.map(({ owner, open }) => ({
      span: spanOf(reading, open, open + 1),
      text: `the block of \`${owner}\` is open too`,
    })),
    help:
      outer.length === 0
        ? "the file ends inside of it: write `}` where it should end"
        : `the file ends inside of ${blocks.length} blocks: write a \`}\` for each`,
  });
}
