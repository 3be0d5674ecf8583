/**
 * A document: text with the places where it may break into lines. The algebra is the usual one (Wadler's,
 * with prettier's additions); `print.ts` turns a document into lines.
 *
 * Words: a group is *flat* when it stands on one line and *broken* otherwise; `line` is a space when flat,
 * `softline` nothing; `hardline` always breaks, and with it every group around it.
 */
export type Doc = string | readonly Doc[] | Group | Indent | Align | Line | IfBreak | IndentIfBreak;

export type Group = {
  readonly kind: "group";
  readonly contents: Doc;
  /** Broken whatever the width. */
  readonly broken: boolean;
  /** Other forms of the same, from the least to the most broken; the first is `contents`. */
  readonly states: readonly Doc[] | null;
  /** Lets others ask whether this group is broken; null when nobody does. */
  readonly id: GroupId | null;
};

export type GroupId = { readonly name: string };

type Indent = { readonly kind: "indent"; readonly contents: Doc };
type Align = { readonly kind: "align"; readonly width: number; readonly contents: Doc };
type Line = { readonly kind: "line"; readonly flat: "" | " "; readonly hard: boolean };
type IfBreak = { readonly kind: "if-break"; readonly broken: Doc; readonly flat: Doc };
type IndentIfBreak = {
  readonly kind: "indent-if-break";
  readonly contents: Doc;
  readonly id: GroupId;
};

export const line: Doc = { kind: "line", flat: " ", hard: false };
export const softline: Doc = { kind: "line", flat: "", hard: false };
export const hardline: Doc = { kind: "line", flat: "", hard: true };

export function group(
  contents: Doc,
  options: { readonly broken?: boolean; readonly id?: GroupId } = {},
): Doc {
  const broken = (options.broken ?? false) || willBreak(contents);
  return { kind: "group", contents, broken, states: null, id: options.id ?? null };
}

/** The first of several forms that fits, or the last. Breaks inside do not reach the groups around it. */
export function firstThatFits(states: readonly [Doc, ...Doc[]]): Doc {
  return { kind: "group", contents: states[0], broken: false, states, id: null };
}

export function indent(contents: Doc): Doc {
  return { kind: "indent", contents };
}

/** Indents by so many columns rather than by one level. */
export function align(width: number, contents: Doc): Doc {
  return { kind: "align", width, contents };
}

/** One text where the enclosing group is broken, another where it is flat. */
export function ifBreak(broken: Doc, flat: Doc = ""): Doc {
  return { kind: "if-break", broken, flat };
}

/** Indented where the group of that id is broken. */
export function indentIfBreak(contents: Doc, id: GroupId): Doc {
  return { kind: "indent-if-break", contents, id };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

/** Whether a document breaks whatever the width. */
export function willBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(willBreak);
  switch (doc.kind) {
    case "group":
      return doc.broken;
    case "line":
      return doc.hard;
    case "indent":
    case "align":
    case "indent-if-break":
      return willBreak(doc.contents);
    case "if-break":
      return willBreak(doc.broken) || willBreak(doc.flat);
  }
}

/** Whether there is any place where a document may break. */
export function canBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(canBreak);
  switch (doc.kind) {
    case "line":
      return true;
    case "group":
    case "indent":
    case "align":
    case "indent-if-break":
      return canBreak(doc.contents);
    case "if-break":
      return canBreak(doc.broken) || canBreak(doc.flat);
  }
}

/** The document on one line, or null where it must break. */
export function flatText(doc: Doc): string | null {
  if (typeof doc === "string") return doc;
  if (isList(doc)) {
    let text = "";
    for (const part of doc) {
      const flat = flatText(part);
      if (flat === null) return null;
      text += flat;
    }
    return text;
  }
  switch (doc.kind) {
    case "group":
      return doc.broken ? null : flatText(doc.contents);
    case "line":
      return doc.hard ? null : doc.flat;
    case "if-break":
      return flatText(doc.flat);
    case "indent":
    case "align":
    case "indent-if-break":
      return flatText(doc.contents);
  }
}

export function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}
