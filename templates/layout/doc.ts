/**
 * A document: text with the places where it may break into lines. The algebra is the usual one (Wadler's,
 * with prettier's additions); `print.ts` turns a document into lines.
 *
 * A group knows its text on one line at once, and builds what it needs for several lines only when that
 * text does not fit. Most of what is generated fits, so most documents are never built.
 *
 * Words: a group is *flat* when it stands on one line and *broken* otherwise; `line` is a space when flat,
 * `softline` nothing; `hardline` always breaks, and with it every group around it.
 */
import type { Margin } from "./margin.js";

export type Doc =
  | string
  | readonly Doc[]
  | Group
  | Choice
  | Lazy
  | Block
  | Indent
  | Align
  | Line
  | IfBreak
  | IndentIfBreak;

export type Group = {
  readonly kind: "group";
  /** On one line; null where something inside must break, and with it the group. */
  readonly flat: string | null;
  /**
   * On several lines. Made anew each time, as it is asked for twice at most, and keeping it would keep a whole
   * file's documents.
   */
  readonly contents: () => Doc;
  /** Lets others ask whether this group is broken; null when nobody does. */
  readonly id: GroupId | null;
};

export type GroupId = { readonly name: string };

/** Like a group, with several forms from the least to the most broken, of which the first that fits is taken. */
export type Choice = {
  readonly kind: "choice";
  readonly flat: string | null;
  readonly forms: () => Forms;
};

type Forms = readonly [Doc, ...Doc[]];

/**
 * What stands behind a possible line break: whoever only measures how far a line reaches stops before it, and
 * it is not built for that.
 */
type Lazy = { readonly kind: "lazy"; readonly contents: () => Doc };

/** Something that has lines of its own where the enclosing group is broken, and may know them already. */
type Block = {
  readonly kind: "block";
  readonly contents: () => Doc;
  /** Its lines at a margin, without that on the first. */
  readonly print: (margin: Margin) => string;
};

type Indent = { readonly kind: "indent"; readonly contents: Doc };
type Align = { readonly kind: "align"; readonly width: number; readonly contents: Doc };
type Line = { readonly kind: "line"; readonly flat: "" | " "; readonly hard: boolean };
type IfBreak = { readonly kind: "if-break"; readonly broken: Doc; readonly flat: string };
type IndentIfBreak = {
  readonly kind: "indent-if-break";
  readonly contents: Doc;
  readonly id: GroupId;
};

export const line: Doc = { kind: "line", flat: " ", hard: false };
export const softline: Doc = { kind: "line", flat: "", hard: false };
export const hardline: Doc = { kind: "line", flat: "", hard: true };

/** A group whose contents exist already. */
export function group(contents: Doc, id: GroupId | null = null): Doc {
  return { kind: "group", flat: flatText(contents), contents: () => contents, id };
}

/** A group that is built when `flat` does not fit; null where it must break anyway. */
export function lazyGroup(flat: string | null, contents: () => Doc): Doc {
  return { kind: "group", flat, contents, id: null };
}

/** The first of several forms that fits, or the last. `broken`: a line break inside reaches the groups around. */
export function firstThatFits(flat: string | null, broken: boolean, forms: () => Forms): Doc {
  const choice: Doc = { kind: "choice", flat, forms };
  return broken ? group(choice) : choice;
}

/** The inside of a group: `(a, b)`, `{ a, b }`, on one line or an item per line. */
export function bracketed(
  open: string,
  items: () => readonly Doc[],
  close: string,
  options: {
    /** What stands inside the brackets on one line. */
    readonly edge: "" | " ";
    readonly separator: Doc;
    /** After the last of several lines. */
    readonly trailing: string;
  },
): Doc {
  const edge = options.edge === " " ? line : softline;
  const list: Doc = { kind: "lazy", contents: () => join([options.separator, line], items()) };
  return [open, indent([edge, list]), ifBreak(options.trailing), edge, close];
}

export function indent(contents: Doc): Doc {
  return { kind: "indent", contents };
}

/** Indents by so many columns rather than by one level. */
export function align(width: number, contents: Doc): Doc {
  return { kind: "align", width, contents };
}

/** One text where the enclosing group is broken, another where it is flat. */
export function ifBreak(broken: Doc, flat = ""): Doc {
  return { kind: "if-break", broken, flat };
}

/** Indented where the group of that id is broken. */
export function indentIfBreak(contents: Doc, id: GroupId): Doc {
  return { kind: "indent-if-break", contents, id };
}

export function join(separator: readonly Doc[], docs: readonly Doc[]): Doc {
  const parts: Doc[] = [];
  for (const doc of docs) {
    if (parts.length > 0) parts.push(...separator);
    parts.push(doc);
  }
  return parts;
}

/** Whether a document breaks whatever the width. */
export function willBreak(doc: Doc): boolean {
  return flatText(doc) === null;
}

/** Whether there is any place where a document may break. */
export function canBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(canBreak);
  switch (doc.kind) {
    case "line":
      return true;
    case "choice":
      return doc.forms().some(canBreak);
    case "group":
    case "lazy":
    case "block":
      return canBreak(doc.contents());
    case "indent":
    case "align":
    case "indent-if-break":
      return canBreak(doc.contents);
    case "if-break":
      return canBreak(doc.broken);
  }
}

/** The document on one line, or null where it must break. */
export function flatText(doc: Doc): string | null {
  if (typeof doc === "string") return doc;
  if (isList(doc)) return joinFlat(doc, "");
  switch (doc.kind) {
    case "group":
    case "choice":
    case "if-break":
      return doc.flat;
    case "line":
      return doc.hard ? null : doc.flat;
    case "lazy":
    case "block":
      return flatText(doc.contents());
    case "indent":
    case "align":
    case "indent-if-break":
      return flatText(doc.contents);
  }
}

/** Documents on one line with a text between them, or null where one of them must break. */
function joinFlat(docs: readonly Doc[], separator: string): string | null {
  let text = "";
  for (let index = 0; index < docs.length; index++) {
    const flat = flatText(docs[index] ?? "");
    if (flat === null) return null;
    text += index === 0 ? flat : separator + flat;
  }
  return text;
}

export function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}
