/**
 * Blocks that are closed and were never opened, since a line lacks its `{`, or that are closed twice. More braces
 * close than open then, and the indentation shows which line it is.
 */
import { indentOf, type BlockEnds } from "./blocks.js";
import { finishDraft, type Draft } from "./draft.js";
import { endOf, type Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

/**
 * Gives the nodes before a `}` to the one that they stand indented under, if that begins in the column of the
 * brace: it has no block, or one that ended too early. False where no line looks like that; the brace is then
 * what it is.
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
  if (node === undefined || owner === drafts.length - 1) return false;
  if (indentOf(reading.text, node.name.span.start) !== column) return false;

  ends.forgiveClosing();
  if (node.children === null) {
    reportUnopened(reading, node, brace);
    // The line that lacks its brace may lack more: somebody is writing it.
    node.faulty = true;
  } else {
    reportClosedTwice(reading, node, brace);
  }
  const inside = drafts.splice(owner + 1).map((draft) => finishDraft(reading, draft));
  node.children = [...(node.children ?? []), ...inside];
  node.end = endOf(brace);
  return true;
}

function reportUnopened(reading: Reading, node: Draft, brace: Token): void {
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
}

function reportClosedTwice(reading: Reading, node: Draft, brace: Token): void {
  const span = spanOf(reading, brace.startOffset, endOf(brace));
  const text = `the block of \`${shorten(node.name.text)}\` ends here already`;
  fault(reading, "MZ1003", {}, span, {
    label: "closes nothing",
    related: [{ span: spanOf(reading, node.end - 1, node.end), text }],
    help: "remove one of the two",
  });
}
