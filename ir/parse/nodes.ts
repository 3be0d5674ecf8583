/**
 * Reads nodes: names, entries, blocks. This is KDL's grammar above the level of values, with the ways out
 * where a text does not follow it.
 *
 * A fault costs as little as possible: an entry that cannot be read is left out and its node is marked, a
 * line that is no node is passed over, and a block that is never closed ends where the indentation says.
 */
import type * as syntax from "../model/syntax.js";
import { BlockEnds, type Block } from "./blocks.js";
import { readLooseCall } from "./calls.js";
import { addEntry, finishDraft, startDraft, type Draft, type NodeName } from "./draft.js";
import { readEntry, readValue, skipAnnotation, toName } from "./entries.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { readLiteralType } from "./literal-types.js";
import * as misplaced from "./misplaced.js";
import { skipHashComment, type Role } from "./mistakes.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";
import { isListSign, reportSeparators, splitSeparator } from "./separators.js";
import { beginsString, readString } from "./strings.js";
import type { Survey } from "./survey.js";
import { closeUnopened } from "./unopened.js";
import { beginsWord } from "./words.js";

/** The nodes of one block, or of the file; `whole` is false when one of them could not be read. */
type Nodes = { readonly nodes: readonly syntax.Node[]; readonly whole: boolean };

/** A block behind its end; `closed` is false when no brace closed it. */
type ReadBlock = Nodes & { readonly closed: boolean };

/** Reads a file. */
export function readDocument(reading: Reading, survey: Survey): syntax.Document {
  const ends = new BlockEnds(reading, survey.openBlocks);
  if (reading.cursor.is(kinds.BOM)) reading.cursor.advance();
  const { nodes, whole } = new NodeReader(reading, ends).readNodes(null);
  if (survey.cutOff) return { file: reading.file, nodes, whole: false };
  ends.reportCutOff();
  return { file: reading.file, nodes, whole };
}

class NodeReader {
  readonly #reading: Reading;
  readonly #ends: BlockEnds;

  constructor(reading: Reading, ends: BlockEnds) {
    this.#reading = reading;
    this.#ends = ends;
  }

  /** Reads up to the closing brace of `block`, which stays, or to the end of the file. */
  readNodes(block: Block | null): Nodes {
    const { cursor } = this.#reading;
    const drafts: Draft[] = [];
    let whole = true;
    for (;;) {
      const comments = cursor.skipLineSpace();
      const token = cursor.peek();
      if (token?.tokenType === kinds.RightBrace && this.#closeUnopened(drafts, token)) continue;
      if (token === undefined || (block !== null && this.#ends.isBehind(block, token))) break;
      if (token.tokenType === kinds.RightBrace) {
        misplaced.reportStrayBrace(this.#reading, token);
        cursor.advance();
      } else if (token.tokenType === kinds.SemiColon) {
        misplaced.reportStraySemicolon(this.#reading, token);
        cursor.advance();
      } else if (token.tokenType === kinds.LeftBrace) {
        if (!this.#readLooseBlock(drafts.at(-1), block)) whole = false;
      } else if (token.tokenType === kinds.BlockComment) {
        this.#leaveOutNode(block);
      } else if (!skipHashComment(this.#reading, { kind: "name" })) {
        const draft = this.#readNode(comments, block);
        if (draft === null) whole = false;
        else drafts.push(draft);
      }
    }
    return { nodes: drafts.map((draft) => finishDraft(this.#reading, draft)), whole };
  }

  /** Moves behind a brace that closes a block whose own brace is missing. */
  #closeUnopened(drafts: Draft[], brace: Token): boolean {
    if (!closeUnopened(this.#reading, this.#ends, drafts, brace)) return false;
    this.#reading.cursor.advance();
    this.#skipTerminator();
    return true;
  }

  /** Reads a node from its name to its terminator. Null when there is no name. */
  #readNode(comments: readonly Token[], block: Block | null): Draft | null {
    const depth = (block?.depth ?? 0) + 1;
    skipAnnotation(this.#reading);
    this.#reading.cursor.skipNodeSpace();
    const name = this.#readName();
    const draft = name && startDraft(name, depth, comments);
    if (draft === null) this.#skipEntries(depth);
    else this.#readEntries(draft);
    this.#skipTerminator();
    return draft;
  }

  #readName(): NodeName | null {
    const { cursor } = this.#reading;
    const token = cursor.peek();
    if (readLooseCall(this.#reading)) return null;
    if (token !== undefined && (beginsWord(token) || beginsString(token))) {
      const value = readValue(this.#reading, { kind: "name" });
      const quoted = value?.written === "quoted" || value?.written === "raw";
      return value && { ...toName(this.#reading, value), quoted };
    }
    const end = token === undefined ? cursor.offset : endOf(token);
    fault(this.#reading, "MZ1030", {}, spanOf(this.#reading, cursor.offset, end), {
      label: "a name is missing here",
      help: "write a name, or remove what stands here",
    });
    return null;
  }

  /** Reads what follows a node's name, up to its terminator. */
  #readEntries(draft: Draft): void {
    const { cursor, faults } = this.#reading;
    const role: Role = { kind: "argument", node: draft.name.text };
    const separators: Token[] = [];
    let closed = false;
    if (cursor.is(kinds.Equals)) {
      misplaced.readPropertyAlone(this.#reading, draft);
    }
    for (;;) {
      const apart = this.#skipToEntry(separators);
      const token = cursor.peek();
      if (token === undefined || cursor.atNodeEnd || skipHashComment(this.#reading, role)) break;
      if (token.tokenType === kinds.LeftBrace) {
        if (!this.#readChildren(draft)) break;
        closed = true;
      } else if (token.tokenType === kinds.BlockComment) {
        if (this.#leaveOutEntry(draft, closed)) closed = true;
      } else if (closed) {
        this.#endBehindBlock(draft, token);
        break;
      } else {
        if (readLiteralType(this.#reading, draft, token)) continue;
        const before = faults.count;
        addEntry(this.#reading, draft, readEntry(this.#reading, draft.name.text));
        const isSound = faults.count === before && !isListSign(draft, token);
        if (!apart && isSound) misplaced.reportMissingSpace(this.#reading, token.startOffset);
      }
    }
    reportSeparators(this.#reading, separators);
  }

  /** Moves over the space before an entry, and commas in it; false when there was none. */
  #skipToEntry(separators: Token[]): boolean {
    const { cursor } = this.#reading;
    // Behind the `=` of a property without a node no space is needed.
    if (cursor.skipNodeSpace() || cursor.lastIs(kinds.Equals)) return true;
    const separator = splitSeparator(this.#reading);
    if (separator === null) return false;
    separators.push(separator);
    cursor.skipNodeSpace();
    return true;
  }

  /**
   * Reads a block at the cursor into its node; a second one of a node is reported and dropped. False when
   * the node ended with its block, because nothing closed that.
   */
  #readChildren(draft: Draft): boolean {
    const { cursor } = this.#reading;
    const open = cursor.offset;
    const { nodes, whole, closed } = this.#readBlock(draft.name, draft.depth);
    draft.end = cursor.lastEnd;
    if (draft.children === null) {
      draft.children = nodes;
      if (!whole) draft.faulty = true;
    } else {
      misplaced.reportSecondBlock(this.#reading, open);
      draft.faulty = true;
    }
    return closed;
  }

  /** Reads from an opening brace to behind the closing one. */
  #readBlock(owner: syntax.Text, depth: number): ReadBlock {
    const { cursor } = this.#reading;
    const block = this.#ends.begin(shorten(owner.text), owner.span.start, cursor.offset, depth);
    if (this.#ends.isTooDeep(block)) {
      this.#skipBlock(block);
      return { nodes: [], whole: false, closed: true };
    }
    cursor.advance();
    const nodes = this.readNodes(block);
    const closed = cursor.is(kinds.RightBrace);
    if (closed) cursor.advance();
    else this.#ends.endUnclosed(block, cursor.peek());
    return { ...nodes, closed };
  }

  /** Moves behind a block without reading it, by counting braces. */
  #skipBlock(block: Block): void {
    const { cursor } = this.#reading;
    let open = 0;
    do {
      if (cursor.is(kinds.LeftBrace)) open++;
      if (cursor.is(kinds.RightBrace)) open--;
      cursor.advance();
    } while (open > 0 && !cursor.atEnd);
    if (open > 0) this.#ends.endUnclosed(block, undefined);
  }

  /** A block where a node should begin: that of the node before, if it has none. False if it is lost. */
  #readLooseBlock(previous: Draft | undefined, parent: Block | null): boolean {
    const { cursor } = this.#reading;
    const open = cursor.offset;
    if (previous !== undefined && previous.children === null) {
      misplaced.reportBlockOnNextLine(this.#reading, previous, open);
      this.#readChildren(previous);
      this.#skipTerminator();
      return true;
    }
    if (previous === undefined && parent !== null && this.#ends.forgiveOpening()) {
      misplaced.reportSecondBrace(this.#reading, open);
      cursor.advance();
      return true;
    }
    misplaced.reportNamelessBlock(this.#reading, open);
    const nobody = { text: "", span: spanOf(this.#reading, open, open) };
    this.#readBlock(nobody, (parent?.depth ?? 0) + 1);
    this.#skipTerminator();
    return false;
  }

  /** `/-` before a node. */
  #leaveOutNode(block: Block | null): void {
    const { cursor } = this.#reading;
    const marker = cursor.offset;
    cursor.advance();
    cursor.skipLineSpace();
    if (cursor.atNodeEnd || cursor.is(kinds.LeftBrace)) {
      misplaced.reportNothingLeftOut(this.#reading, marker);
    } else {
      this.#readNode([], block);
    }
  }

  /** `/-` before an entry or a block; true for a block. */
  #leaveOutEntry(draft: Draft, closed: boolean): boolean {
    const { cursor } = this.#reading;
    const marker = cursor.offset;
    cursor.advance();
    cursor.skipLineSpace();
    const token = cursor.peek();
    const isBlock = token?.tokenType === kinds.LeftBrace;
    if (isBlock) {
      this.#readBlock(draft.name, draft.depth);
    } else if (token === undefined || cursor.atNodeEnd) {
      misplaced.reportNothingLeftOut(this.#reading, marker);
    } else {
      if (closed) misplaced.reportBehindBlock(this.#reading, token, false);
      readEntry(this.#reading, draft.name.text);
    }
    draft.end = cursor.lastEnd;
    return isBlock;
  }

  /** Ends a node that is followed by text behind its block. */
  #endBehindBlock(draft: Draft, token: Token): void {
    const { cursor } = this.#reading;
    const isNode =
      token.tokenType === kinds.Identifier && cursor.peek(1)?.tokenType !== kinds.Equals;
    misplaced.reportBehindBlock(this.#reading, token, isNode);
    if (isNode) return;
    draft.faulty = true;
    this.#skipEntries(draft.depth);
    draft.end = cursor.lastEnd;
  }

  /** Passes over the rest of a node. */
  #skipEntries(depth: number): void {
    const { cursor } = this.#reading;
    for (;;) {
      cursor.skipNodeSpace();
      const token = cursor.peek();
      if (token === undefined || cursor.atNodeEnd) return;
      if (token.tokenType === kinds.LeftBrace) {
        const nobody = { text: "", span: spanOf(this.#reading, cursor.offset, cursor.offset) };
        this.#readBlock(nobody, depth);
      } else if (beginsString(token)) {
        readString(this.#reading, token);
      } else {
        cursor.advance();
      }
    }
  }

  #skipTerminator(): void {
    const { cursor } = this.#reading;
    if (cursor.is(kinds.LineComment)) cursor.advance();
    if (cursor.atNodeEnd && !cursor.atEnd && !cursor.is(kinds.RightBrace)) cursor.advance();
  }
}
