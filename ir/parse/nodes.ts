/**
 * Reads nodes: names, entries, blocks. This is KDL's grammar above the level of values, with the ways out
 * where a text does not follow it.
 *
 * A fault costs as little as possible: an entry that cannot be read is left out and its node is marked, a
 * line that is no node is passed over, and a block that is never closed ends where the indentation says.
 */
import type * as syntax from "../model/syntax.js";
import {
  deepestBlock,
  indentOf,
  isOutside,
  reportOpenAtEnd,
  reportOutdented,
  type Block,
} from "./blocks.js";
import { docOf, ignoredIn } from "./comments.js";
import { readEntry, readValue, skipAnnotation, toName } from "./entries.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { skipHashComment, type Role } from "./mistakes.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";
import { splitSeparator, reportSeparators } from "./separators.js";
import { beginsString, readString } from "./strings.js";
import { beginsWord } from "./words.js";

/** A node while it is being read. */
type Draft = {
  readonly name: syntax.Text;
  readonly depth: number;
  readonly args: syntax.Value[];
  readonly props: Map<string, syntax.Property>;
  readonly comments: readonly Token[];
  children: readonly syntax.Node[] | null;
  end: number;
  faulty: boolean;
};

/** The nodes of one block, or of the file; `whole` is false when one of them could not be read. */
type Nodes = { readonly nodes: readonly syntax.Node[]; readonly whole: boolean };

/** A block behind its end; `closed` is false when no brace closed it. */
type ReadBlock = Nodes & { readonly closed: boolean };

export class NodeReader {
  readonly #reading: Reading;
  /** How many blocks without a closing brace are still to be found; see `countUnclosed`. */
  #unclosed: number;
  /** Blocks that the end of the file cut off, innermost first. */
  readonly #cutOff: Block[] = [];

  constructor(reading: Reading, unclosed: number) {
    this.#reading = reading;
    this.#unclosed = unclosed;
  }

  readDocument(): syntax.Document {
    const { cursor, file } = this.#reading;
    if (cursor.is(kinds.BOM)) cursor.advance();
    const { nodes, whole } = this.#readNodes(null);
    reportOpenAtEnd(this.#reading, this.#cutOff);
    return { file, nodes, whole };
  }

  /** Reads up to the closing brace of `block`, which stays, or to the end of the file. */
  #readNodes(block: Block | null): Nodes {
    const { cursor } = this.#reading;
    const drafts: Draft[] = [];
    let whole = true;
    for (;;) {
      const { comments } = cursor.skipLineSpace();
      const token = cursor.peek();
      if (token === undefined) break;
      if (token.tokenType === kinds.RightBrace) {
        if (block !== null) break;
        this.#reportStray(
          "MZ1003",
          token,
          "closes nothing",
          "remove it, or look for a block that ends too early",
        );
      } else if (token.tokenType === kinds.SemiColon) {
        this.#reportStray("MZ1001", token, "ends nothing", "remove it");
      } else if (token.tokenType === kinds.LeftBrace) {
        whole = this.#readLooseBlock(drafts.at(-1), block) && whole;
      } else if (token.tokenType === kinds.BlockComment) {
        this.#leaveOutNode(block);
      } else if (skipHashComment(this.#reading, { kind: "name" })) {
        continue;
      } else if (
        block !== null &&
        this.#unclosed > 0 &&
        isOutside(this.#reading.text, block, token.startOffset)
      ) {
        break;
      } else {
        const draft = this.#readNode(comments, block);
        if (draft === null) whole = false;
        else drafts.push(draft);
      }
    }
    return { nodes: drafts.map((draft) => this.#finish(draft)), whole };
  }

  /** Reads a node from its name to its terminator. Null when there is no name. */
  #readNode(comments: readonly Token[], block: Block | null): Draft | null {
    const { cursor } = this.#reading;
    skipAnnotation(this.#reading);
    cursor.skipNodeSpace();
    const name = this.#readName();
    if (name === null) {
      this.#skipNode(block);
      return null;
    }
    const draft: Draft = {
      name,
      depth: (block?.depth ?? 0) + 1,
      args: [],
      props: new Map(),
      comments,
      children: null,
      end: cursor.lastEnd,
      faulty: false,
    };
    this.#readEntries(draft);
    this.#skipTerminator();
    return draft;
  }

  #readName(): syntax.Text | null {
    const { cursor } = this.#reading;
    const token = cursor.peek();
    if (token !== undefined && (beginsWord(token) || beginsString(token))) {
      const value = readValue(this.#reading, { kind: "name" });
      return value && toName(this.#reading, value);
    }
    const span = spanOf(
      this.#reading,
      cursor.offset,
      token === undefined ? cursor.offset : endOf(token),
    );
    fault(this.#reading, "MZ1030", {}, span, { label: "a name is missing here" });
    return null;
  }

  #readEntries(draft: Draft): void {
    const { cursor } = this.#reading;
    const separators: Token[] = [];
    let closed = false;
    for (;;) {
      let apart = cursor.skipNodeSpace();
      if (!apart) {
        const separator = splitSeparator(this.#reading);
        if (separator !== null) {
          separators.push(separator);
          cursor.skipNodeSpace();
          apart = true;
        }
      }
      const role: Role = { kind: "argument", node: draft.name.text };
      if (cursor.atNodeEnd || skipHashComment(this.#reading, role)) break;
      if (cursor.is(kinds.BlockComment)) {
        closed = this.#leaveOutEntry(draft) || closed;
      } else if (cursor.is(kinds.LeftBrace)) {
        if (!this.#readChildren(draft)) break;
        closed = true;
      } else if (closed) {
        this.#reportBehindBlock(draft);
        break;
      } else {
        this.#readEntryInto(draft, apart);
      }
    }
    reportSeparators(this.#reading, separators);
  }

  #readEntryInto(draft: Draft, apart: boolean): void {
    const { cursor } = this.#reading;
    const start = cursor.offset;
    const entry = readEntry(this.#reading, draft.name.text);
    draft.end = cursor.lastEnd;
    if (entry === null) {
      draft.faulty = true;
      return;
    }
    if (!apart) {
      const span = spanOf(this.#reading, start, draft.end);
      fault(this.#reading, "MZ1014", {}, span, {
        label: "a space is missing before this",
        fix: { span: spanOf(this.#reading, start, start), replacement: " " },
      });
    }
    if (entry.kind !== "property") {
      draft.args.push(entry.value);
      if (entry.kind === "call") draft.faulty = true;
      return;
    }
    const { property } = entry;
    const first = draft.props.get(property.name.text);
    if (first === undefined) {
      draft.props.set(property.name.text, property);
    } else {
      const name = shorten(property.name.text);
      fault(this.#reading, "MZ1009", { name }, property.span, {
        label: "given again",
        related: [{ span: first.span, text: "first given here" }],
        help: "keep one of them",
      });
    }
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
    if (draft.children !== null) {
      const span = spanOf(this.#reading, open, open + 1);
      fault(this.#reading, "MZ1027", {}, span, {
        label: "a second block",
        help: "a node has one block: put everything into it",
      });
      draft.faulty = true;
      return closed;
    }
    draft.children = nodes;
    if (!whole) draft.faulty = true;
    return closed;
  }

  /** Reads from an opening brace to behind the closing one. */
  #readBlock(owner: syntax.Text, depth: number): ReadBlock {
    const { cursor } = this.#reading;
    // Indentation is asked for only where a brace is missing.
    const indent = this.#unclosed > 0 ? indentOf(this.#reading.text, owner.span.start) : null;
    const block: Block = { owner: shorten(owner.text), open: cursor.offset, indent, depth };
    if (depth > deepestBlock) {
      const span = spanOf(this.#reading, block.open, block.open + 1);
      fault(this.#reading, "MZ1022", { limit: deepestBlock }, span, {
        label: "this block is too deep",
      });
      this.#skipBlock(block);
      return { nodes: [], whole: false, closed: true };
    }
    cursor.advance();
    const nodes = this.#readNodes(block);
    const next = cursor.peek();
    if (next?.tokenType === kinds.RightBrace) {
      cursor.advance();
      return { ...nodes, closed: true };
    }
    if (next === undefined) {
      this.#cutOff.push(block);
    } else {
      this.#unclosed--;
      reportOutdented(this.#reading, block, next);
    }
    return { ...nodes, closed: false };
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
    if (open > 0) this.#cutOff.push(block);
  }

  /** A block where a node should begin: usually that of the node on the line before. */
  #readLooseBlock(previous: Draft | undefined, parent: Block | null): boolean {
    const { cursor } = this.#reading;
    const open = cursor.offset;
    const brace = spanOf(this.#reading, open, open + 1);
    if (previous === undefined || previous.children !== null) {
      fault(this.#reading, "MZ1030", {}, brace, {
        label: "this block has no node",
        help: "write the name of a node before the brace",
      });
      const none = { text: "", span: brace };
      this.#readBlock(none, (parent?.depth ?? 0) + 1);
      this.#skipTerminator();
      return false;
    }
    const between = spanOf(this.#reading, previous.end, open + 1);
    const isBlank = this.#reading.text.slice(previous.end, open).trim() === "";
    fault(this.#reading, "MZ1004", { node: shorten(previous.name.text) }, brace, {
      label: "opens a block of its own",
      related: [{ span: previous.name.span, text: "the node ends with its line" }],
      help: "write the opening brace on the line of the node",
      fix: isBlank ? { span: between, replacement: " {" } : null,
    });
    this.#readChildren(previous);
    this.#skipTerminator();
    return true;
  }

  /** `/-` before a node. */
  #leaveOutNode(block: Block | null): void {
    const { cursor } = this.#reading;
    const marker = cursor.offset;
    cursor.advance();
    cursor.skipLineSpace();
    if (cursor.atNodeEnd || cursor.is(kinds.LeftBrace)) this.#reportNothingLeftOut(marker);
    else this.#readNode([], block);
  }

  /** `/-` before an entry or a block; true for a block. */
  #leaveOutEntry(draft: Draft): boolean {
    const { cursor } = this.#reading;
    const marker = cursor.offset;
    cursor.advance();
    cursor.skipLineSpace();
    const isBlock = cursor.is(kinds.LeftBrace);
    if (isBlock) this.#readBlock(draft.name, draft.depth);
    else if (cursor.atNodeEnd) this.#reportNothingLeftOut(marker);
    else readEntry(this.#reading, draft.name.text);
    draft.end = cursor.lastEnd;
    return isBlock;
  }

  #reportNothingLeftOut(marker: number): void {
    const span = spanOf(this.#reading, marker, marker + 2);
    fault(this.#reading, "MZ1028", {}, span, {
      label: "leaves out nothing",
      help: "`/-` stands before the node, argument, property or block that it leaves out",
    });
  }

  /** Text behind a block: the next node on the same line, or entries in the wrong place. */
  #reportBehindBlock(draft: Draft): void {
    const { cursor } = this.#reading;
    const token = cursor.peek();
    if (token === undefined) return;
    const span = spanOf(this.#reading, token.startOffset, endOf(token));
    const isNode =
      token.tokenType === kinds.Identifier && cursor.peek(1)?.tokenType !== kinds.Equals;
    fault(this.#reading, "MZ1027", {}, span, {
      label: "stands behind a block",
      help: isNode
        ? "begin the next node on a new line, or after `;`"
        : "write arguments and properties before the block",
    });
    if (isNode) return;
    draft.faulty = true;
    this.#skipEntries(draft.depth);
    draft.end = cursor.lastEnd;
  }

  #reportStray(code: "MZ1001" | "MZ1003", token: Token, label: string, help: string): void {
    const span = spanOf(this.#reading, token.startOffset, endOf(token));
    fault(this.#reading, code, { found: `\`${token.image}\`` }, span, {
      label: label,
      help,
      fix: { span, replacement: "" },
    });
    this.#reading.cursor.advance();
  }

  /** Passes over a line that is no node. */
  #skipNode(block: Block | null): void {
    this.#skipEntries((block?.depth ?? 0) + 1);
    this.#skipTerminator();
  }

  #skipEntries(depth: number): void {
    const { cursor } = this.#reading;
    for (;;) {
      cursor.skipNodeSpace();
      const token = cursor.peek();
      if (token === undefined || cursor.atNodeEnd) return;
      const here = {
        text: token.image,
        span: spanOf(this.#reading, token.startOffset, endOf(token)),
      };
      if (token.tokenType === kinds.LeftBrace) this.#readBlock(here, depth);
      else if (beginsString(token)) readString(this.#reading, token);
      else cursor.advance();
    }
  }

  #skipTerminator(): void {
    const { cursor } = this.#reading;
    if (cursor.is(kinds.LineComment)) cursor.advance();
    if (cursor.atNodeEnd && !cursor.atEnd && !cursor.is(kinds.RightBrace)) cursor.advance();
  }

  #finish(draft: Draft): syntax.Node {
    const { name, args, props, children, comments, faulty } = draft;
    return {
      name,
      args,
      props: [...props.values()],
      children,
      doc: docOf(this.#reading.file, comments),
      ignored: ignoredIn(comments),
      span: spanOf(this.#reading, name.span.start, draft.end),
      faulty,
    };
  }
}
