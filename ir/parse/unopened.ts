/**
 * Blocks that are closed and were never opened: a line lacks its `{`. More braces close than open then, and
 * the indentation shows which line it is.
 */
import { indentOf, type BlockEnds } from "./blocks.js";
import { finishDraft, type Draft } from "./draft.js";
import { endOf, type Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

/**
 * Gives the nodes before a `}` to the one that they stand indented under, if that has no block and begins in
 * the column of the brace. False where no line looks like that; the brace is then what it is.
 */
export function closeUnopened(
  reading: Reading,
  ends: BlockEnds,
  drafts: Draft[],
  brace: Token,
): boolean {
  const column = indentOf(reading.text, brace.startOffset);
  if (column === null || !ends.hasSurplus) return false;
  const owner = drafts.findLastIndex((draft) => {
    const indent = indentOf(reading.text, draft.name.span.start);
    return indent === null || indent <= column;
  });
  const node = drafts[owner];
  if (node === undefined || owner === drafts.length - 1 || node.children !== null) return false;
  if (indentOf(reading.text, node.name.span.start) !== column) return false;

  ends.forgiveClosing();
  const gap = spanOf(reading, node.end, node.end);
  const line = reading.text.slice(node.name.span.start, node.end);
  fault(reading, "MZ1036", { node: shorten(node.name.text) }, gap, {
    label: "a brace is missing here",
    related: [
      { span: spanOf(reading, brace.startOffset, endOf(brace)), text: "the block is closed here" },
    ],
    help: `write \`${shorten(line)} {\``,
    fix: { span: gap, replacement: " {" },
  });
  node.children = drafts.splice(owner + 1).map((draft) => finishDraft(reading, draft));
  node.end = endOf(brace);
  return true;
}
