/**
 * Fits a document into lines. Most of what is generated fits on one line, and then nothing but its text is
 * put together; only the rest goes through the printer, which decides group by group, as prettier does.
 */
import { flatText, isList, type Doc, type Group, type GroupId } from "./doc.js";
import { indentation, type Layout } from "./layout.js";
import { textWidth } from "./width.js";
import { toCode, type Code } from "../text.js";

type Mode = "flat" | "broken";
type Margin = { readonly text: string; readonly width: number; readonly steps: readonly Step[] };
/** One level, or so many columns. */
type Step = "level" | number;
type Command = { readonly margin: Margin; readonly mode: Mode; readonly doc: Doc };

/**
 * The document as text, for a place that is `levels` deep. The text has no indentation on its first line:
 * whoever places it writes that. Lines end in LF.
 */
export function layOut(doc: Doc, layout: Layout, levels = 0): Code {
  const flat = flatText(doc);
  if (flat !== null && fitsFlat(flat, layout, levels)) return toCode(flat);
  return toCode(printLines(doc, layout, levels));
}

/** Whether a text on one line, `levels` deep, is within the width. */
export function fitsFlat(text: string, layout: Layout, levels: number): boolean {
  return levels * layout.tabWidth + textWidth(text) <= layout.printWidth;
}

function printLines(root: Doc, layout: Layout, levels: number): string {
  const start = toMargin(
    Array.from({ length: levels }, (): Step => "level"),
    layout,
  );
  const commands: Command[] = [{ margin: start, mode: "broken", doc: root }];
  const modes = new Map<GroupId, Mode>();
  // Line by line: trimming the whole text at every line end would take quadratic time.
  const lines: string[] = [];
  let text = "";
  let column = start.width;
  let remeasure = false;

  for (let command = commands.pop(); command !== undefined; command = commands.pop()) {
    const { margin, mode, doc } = command;
    if (typeof doc === "string") {
      text += doc;
      column += textWidth(doc);
    } else if (isList(doc)) {
      pushAll(commands, margin, mode, doc);
    } else {
      switch (doc.kind) {
        case "indent":
          commands.push({ margin: deeper(margin, "level", layout), mode, doc: doc.contents });
          break;
        case "align":
          commands.push({ margin: deeper(margin, doc.width, layout), mode, doc: doc.contents });
          break;
        case "indent-if-break": {
          const broken = modes.get(doc.id) === "broken";
          commands.push({
            margin: broken ? deeper(margin, "level", layout) : margin,
            mode,
            doc: doc.contents,
          });
          break;
        }
        case "if-break":
          commands.push({ margin, mode, doc: mode === "broken" ? doc.broken : doc.flat });
          break;
        case "group": {
          // In a flat group everything inside is flat, unless a hard line inside it proved that wrong.
          const chosen =
            mode === "flat" && !remeasure
              ? inFlatGroup(doc, margin)
              : chooseForm(doc, margin, commands, layout.printWidth - column);
          remeasure = false;
          commands.push(chosen);
          if (doc.id !== null) modes.set(doc.id, chosen.mode);
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
  }
  return [...lines, text].join("\n");
}

function inFlatGroup(doc: Group, margin: Margin): Command {
  if (doc.flat !== null) return { margin, mode: "flat", doc: doc.flat };
  return { margin, mode: doc.broken ? "broken" : "flat", doc: doc.forms()[0] };
}

/** The form of a group that fits into what is left of the line. */
function chooseForm(doc: Group, margin: Margin, rest: readonly Command[], width: number): Command {
  if (doc.flat !== null) {
    const flat: Command = { margin, mode: "flat", doc: doc.flat };
    if (fits(flat, rest, width)) return flat;
  }
  const forms = doc.forms();
  if (!doc.broken) {
    // The last of several forms is what remains when nothing fits; a flat first one was tried above.
    for (const form of forms.slice(doc.flat === null ? 0 : 1, -1)) {
      const command: Command = { margin, mode: "flat", doc: form };
      if (fits(command, rest, width)) return command;
    }
  }
  return { margin, mode: "broken", doc: forms.at(-1) ?? forms[0] };
}

/** Whether a command, with what follows it up to the next possible break, fits into a width. */
function fits(next: Command, rest: readonly Command[], width: number): boolean {
  let left = width;
  let restIndex = rest.length;
  const commands: Command[] = [next];
  while (left >= 0) {
    const command = commands.pop() ?? rest[--restIndex];
    if (command === undefined) return true;
    const { margin, mode, doc } = command;
    if (typeof doc === "string") {
      left -= textWidth(doc);
    } else if (isList(doc)) {
      pushAll(commands, margin, mode, doc);
    } else {
      switch (doc.kind) {
        case "indent":
        case "align":
        case "indent-if-break":
          commands.push({ margin, mode, doc: doc.contents });
          break;
        case "group":
          commands.push(measured(doc, margin, mode));
          break;
        case "if-break":
          commands.push({ margin, mode, doc: mode === "broken" ? doc.broken : doc.flat });
          break;
        case "line":
          if (mode === "broken" || doc.hard) return true;
          left -= doc.flat.length;
          break;
      }
    }
  }
  return false;
}

/** A group as it is measured: flat in a flat line; in a broken one, up to its first possible break. */
function measured(doc: Group, margin: Margin, mode: Mode): Command {
  if (mode === "flat") return inFlatGroup(doc, margin);
  const forms = doc.forms();
  return { margin, mode, doc: forms.at(-1) ?? forms[0] };
}

function pushAll(commands: Command[], margin: Margin, mode: Mode, docs: readonly Doc[]): void {
  for (let index = docs.length - 1; index >= 0; index--) {
    commands.push({ margin, mode, doc: docs[index] ?? "" });
  }
}

function deeper(margin: Margin, step: Step, layout: Layout): Margin {
  return toMargin([...margin.steps, step], layout);
}

/**
 * With tabs, columns that come before a level count as a tab, each; columns at the end stay spaces. That
 * is how prettier keeps tabs and alignment apart.
 */
function toMargin(steps: readonly Step[], layout: Layout): Margin {
  if (!layout.useTabs) {
    const width = steps.reduce<number>(
      (sum, step) => sum + (step === "level" ? layout.tabWidth : step),
      0,
    );
    return { text: " ".repeat(width), width, steps };
  }
  const tabs = steps.lastIndexOf("level") + 1;
  const spaces = steps
    .slice(tabs)
    .reduce<number>((sum, step) => sum + (step === "level" ? 0 : step), 0);
  return {
    text: indentation(layout, tabs) + " ".repeat(spaces),
    width: tabs * layout.tabWidth + spaces,
    steps,
  };
}
