/**
 * Fits a document into lines. Most of what is generated fits on one line, and then nothing but its text is
 * put together; only the rest goes through the printer, which decides group by group, as prettier does.
 */
import { toCode, type Code } from "../text.js";
import { flatText, isList, type Choice, type Doc, type GroupId } from "./doc.js";
import type { Layout } from "./layout.js";
import { aligned, indented, marginAt, type Margin } from "./margin.js";
import { textWidth } from "./width.js";

type Mode = "flat" | "broken";

/** A list on the way to being printed: what stands before `next` is done. */
type Frame = {
  readonly margin: Margin;
  readonly mode: Mode;
  readonly list: readonly Doc[];
  next: number;
};

/**
 * The document as text, for a place that is `levels` deep. The text has no indentation on its first line:
 * whoever places it writes that. Lines end in LF.
 */
export function layOut(doc: Doc, layout: Layout, levels = 0): Code {
  const flat = flatText(doc);
  const fitsFlat = flat !== null && levels * layout.tabWidth + textWidth(flat) <= layout.printWidth;
  return toCode(fitsFlat ? flat : printLines(doc, layout, marginAt(levels, layout)));
}

/** The same for a place behind a margin. */
export function layOutAt(doc: Doc, layout: Layout, margin: Margin): Code {
  return toCode(printLines(doc, layout, margin));
}

function printLines(root: Doc, layout: Layout, start: Margin): string {
  const frames: Frame[] = [];
  const modes = new Map<GroupId, Mode>();
  // Line by line: trimming the whole text at every line end would take quadratic time.
  const lines: string[] = [];
  let text = "";
  let column = start.width;
  // A hard line in a flat group means that it was measured wrongly: the next group is measured anew.
  let remeasure = false;

  const place = (doc: Doc, margin: Margin, mode: Mode): void => {
    if (typeof doc === "string") {
      text += doc;
      column += textWidth(doc);
    } else if (isList(doc)) {
      frames.push({ margin, mode, list: doc, next: 0 });
    } else {
      switch (doc.kind) {
        case "indent":
          place(doc.contents, indented(margin, layout), mode);
          break;
        case "align":
          place(doc.contents, aligned(margin, doc.width), mode);
          break;
        case "indent-if-break":
          place(
            doc.contents,
            modes.get(doc.id) === "broken" ? indented(margin, layout) : margin,
            mode,
          );
          break;
        case "if-break":
          place(mode === "broken" ? doc.broken : doc.flat, margin, mode);
          break;
        case "lazy":
          place(doc.contents(), margin, mode);
          break;
        case "block":
          if (mode === "flat") place(doc.contents(), margin, mode);
          else text += doc.print(margin);
          break;
        case "group": {
          const end = doc.flat === null ? Infinity : column + textWidth(doc.flat);
          // In a flat group everything inside is flat, but for what must break.
          const isFlat =
            doc.flat !== null &&
            ((mode === "flat" && !remeasure) ||
              (end <= layout.printWidth && restFits(frames, { left: layout.printWidth - end })));
          remeasure = false;
          if (doc.id !== null) modes.set(doc.id, isFlat ? "flat" : "broken");
          if (isFlat) {
            text += doc.flat;
            column = end;
          } else place(doc.contents(), margin, "broken");
          break;
        }
        case "choice": {
          const chosen =
            mode === "flat" && !remeasure
              ? { doc: doc.flat ?? doc.forms()[0], mode }
              : chooseForm(doc, frames, layout.printWidth - column);
          remeasure = false;
          place(chosen.doc, margin, chosen.mode);
          break;
        }
        case "line":
          if (mode === "flat" && !doc.hard) {
            text += doc.flat;
            column += doc.flat.length;
          } else {
            remeasure ||= mode === "flat";
            lines.push(text.trimEnd());
            text = margin.text;
            column = margin.width;
          }
          break;
      }
    }
  };

  place(root, start, "broken");
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const doc = frame.list[frame.next++];
    if (doc === undefined) frames.pop();
    else place(doc, frame.margin, frame.mode);
  }
  return [...lines, text].join("\n");
}

/** The first form that fits into what is left of the line. */
function chooseForm(
  { flat, forms: toForms }: Choice,
  rest: readonly Frame[],
  width: number,
): { readonly doc: Doc; readonly mode: Mode } {
  if (flat !== null && fits(flat, rest, width)) return { doc: flat, mode: "flat" };
  const forms = toForms();
  // The last form is what remains when nothing fits; a flat first one was tried above.
  for (let index = flat === null ? 0 : 1; index < forms.length - 1; index++) {
    const form = forms[index] ?? "";
    if (fits(form, rest, width)) return { doc: form, mode: "flat" };
  }
  return { doc: forms.at(-1) ?? forms[0], mode: "broken" };
}

/** Whether a document, flat, with what follows it up to the next possible break, fits into a width. */
function fits(doc: Doc, rest: readonly Frame[], width: number): boolean {
  const ruler: Ruler = { left: width };
  const reached = measure(doc, "flat", ruler);
  return reached === "end" ? restFits(rest, ruler) : reached === "line";
}

/** Whether what follows fits, up to the next possible break. */
function restFits(rest: readonly Frame[], ruler: Ruler): boolean {
  for (let index = rest.length - 1; index >= 0; index--) {
    const frame = rest[index];
    if (frame === undefined) continue;
    const { list, mode } = frame;
    for (let next = frame.next; next < list.length; next++) {
      const reached = measure(list[next] ?? "", mode, ruler);
      if (reached !== "end") return reached === "line";
    }
  }
  return true;
}

/** How many columns of the line are left. */
type Ruler = { left: number };

/** How far a document comes on this line: to its own end, to a line break in it, or over the edge. */
function measure(doc: Doc, mode: Mode, ruler: Ruler): "end" | "line" | "edge" {
  if (typeof doc === "string") {
    ruler.left -= textWidth(doc);
    return ruler.left < 0 ? "edge" : "end";
  }
  if (isList(doc)) {
    for (let index = 0; index < doc.length; index++) {
      const reached = measure(doc[index] ?? "", mode, ruler);
      if (reached !== "end") return reached;
    }
    return "end";
  }
  switch (doc.kind) {
    case "indent":
    case "align":
    case "indent-if-break":
      return measure(doc.contents, mode, ruler);
    case "if-break":
      return measure(mode === "broken" ? doc.broken : doc.flat, mode, ruler);
    case "lazy":
    case "block":
      return measure(doc.contents(), mode, ruler);
    // In a broken line, what follows is measured up to its first possible break.
    case "group":
      return mode === "flat" && doc.flat !== null
        ? measure(doc.flat, mode, ruler)
        : measure(doc.contents(), "broken", ruler);
    case "choice":
      return mode === "flat"
        ? measure(doc.flat ?? doc.forms()[0], mode, ruler)
        : measure(doc.forms().at(-1) ?? "", mode, ruler);
    case "line":
      if (mode === "broken" || doc.hard) return "line";
      ruler.left -= doc.flat.length;
      return ruler.left < 0 ? "edge" : "end";
  }
}
