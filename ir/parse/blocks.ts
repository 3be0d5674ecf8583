/** Where blocks end that nobody closed. */
import { kinds, type Token } from "./kdljs.js";
import { fault, spanOf, type Reading } from "./reading.js";

/** Blocks may be nested this deep. */
export const deepestBlock = 64;

/** A node's block while it is being read. */
export type Block = {
  /** The node's name. */
  readonly owner: string;
  /** Where the node begins. */
  readonly start: number;
  /** Offset of the opening brace. */
  readonly open: number;
  /** 1 for the block of a top-level node. */
  readonly depth: number;
};

/** How many more braces open than close, at least 0: so many blocks may end where indentation says. */
export function countUnclosed(tokens: readonly Token[]): number {
  let open = 0;
  for (const { tokenType } of tokens) {
    if (tokenType === kinds.LeftBrace) open++;
    if (tokenType === kinds.RightBrace) open--;
  }
  return Math.max(0, open);
}

/**
 * Whether a node that begins at `offset` stands outside of a block by its indentation: first on its line,
 * and no further right than the node of the block.
 */
export function isOutside(text: string, block: Block, offset: number): boolean {
  const indent = indentOf(text, offset);
  const ownerIndent = indentOf(text, block.start);
  return indent !== null && ownerIndent !== null && indent <= ownerIndent;
}

/** The width of the white space before an offset, or null where other text stands before it. */
function indentOf(text: string, offset: number): number | null {
  let start = offset;
  while (start > 0 && isSpace(text.charCodeAt(start - 1))) start--;
  return start === 0 || /[\n-\r\x85\u2028\u2029]/.test(text.charAt(start - 1))
    ? offset - start
    : null;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Reports a block that should have ended before `nextOffset`. */
export function reportOutdented(reading: Reading, block: Block, next: Token): void {
  const brace = spanOf(reading, block.open, block.open + 1);
  const place = spanOf(reading, next.startOffset, next.startOffset + next.image.length);
  fault(
    reading,
    "MZ1002",
    brace,
    "opened here",
    { node: block.owner },
    {
      related: [{ span: place, text: "by its indentation this stands outside of the block" }],
      help: "write `}` on a line of its own before the text that follows the block",
    },
  );
}

/** Reports the blocks, innermost first, that are still open at the end of the file: one mistake. */
export function reportOpenAtEnd(reading: Reading, blocks: readonly Block[]): void {
  const [innermost, ...outer] = blocks;
  if (innermost === undefined) return;
  const brace = spanOf(reading, innermost.open, innermost.open + 1);
  fault(
    reading,
    "MZ1002",
    brace,
    "opened here",
    { node: innermost.owner },
    {
      related: outer.map(({ owner, open }) => ({
        span: spanOf(reading, open, open + 1),
        text: `the block of \`${owner}\` is open too`,
      })),
      help:
        outer.length === 0
          ? "the file ends inside of it: write `}` where it should end"
          : `the file ends inside of ${blocks.length} blocks: write a \`}\` for each`,
    },
  );
}
