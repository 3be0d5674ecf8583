/** A node while it is being read: what may still be added to it, and the node that becomes of it. */
import type * as syntax from "../model/syntax.js";
import { docOf, ignoredIn } from "./comments.js";
import type { Entry } from "./entries.js";
import type { Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

/** The name of a node, and whether it stands in quotes. */
export type NodeName = syntax.Text & { readonly quoted: boolean };

export type Draft = {
  readonly name: NodeName;
  /** 1 for a top-level node. */
  readonly depth: number;
  /** The comments above the node. */
  readonly comments: readonly Token[];
  readonly args: syntax.Value[];
  readonly props: Map<string, syntax.Property>;
  children: readonly syntax.Node[] | null;
  end: number;
  faulty: boolean;
};

export function startDraft(name: NodeName, depth: number, comments: readonly Token[]): Draft {
  return {
    name,
    depth,
    comments,
    args: [],
    props: new Map(),
    children: null,
    end: name.span.end,
    faulty: false,
  };
}

/** Adds what `readEntry` gave; nothing stands for an entry that could not be read. */
export function addEntry(reading: Reading, draft: Draft, entry: Entry | null): void {
  draft.end = reading.cursor.lastEnd;
  if (entry === null) {
    draft.faulty = true;
  } else if (entry.kind === "property") {
    addProperty(reading, draft, entry.property);
  } else {
    if (entry.value !== null) draft.args.push(entry.value);
    if (entry.kind === "call") draft.faulty = true;
  }
}

function addProperty(reading: Reading, draft: Draft, property: syntax.Property): void {
  const { text } = property.name;
  const first = draft.props.get(text);
  if (first === undefined) {
    draft.props.set(text, property);
    return;
  }
  fault(reading, "MZ1009", { name: shorten(text) }, property.span, {
    label: "given again",
    related: [{ span: first.span, text: "first given here" }],
    help: "keep one of them",
  });
}

export function finishDraft(reading: Reading, draft: Draft): syntax.Node {
  const { name, args, props, children, comments, end, faulty } = draft;
  return {
    name: { text: name.text, span: name.span },
    quoted: name.quoted,
    args,
    props: [...props.values()],
    children,
    doc: docOf(reading, comments),
    ignored: ignoredIn(comments),
    span: spanOf(reading, name.span.start, end),
    faulty,
  };
}
