/**
 * Diagnostics for people: a sentence, the place with its source, related places, and what to do.
 *
 *     error[MZ2001]: there is no context `usr`
 *      --> contract/shop.kdl:12:29
 *        |
 *     12 | function rename_user { merge usr }
 *        |                              ^^^ no such context
 *        |
 *        = help: did you mean `user`?
 */
import type { Diagnostic, Label } from "../../ir/diagnostics/diagnostic.js";
import type { FileId, SourceFile } from "../../ir/source/source.js";
import { toExcerpt } from "./excerpt.js";
import { createLocator, type Location, type Locator } from "./locate.js";
import type { Paint, Style } from "./style.js";
import { withoutControls } from "./text-width.js";

export type PrettyOptions = {
  readonly style: Style;
  /** Columns of the terminal; source lines that do not fit are cut around the place. */
  readonly width: number;
};

/** One block per diagnostic, a blank line between blocks; empty for none. Ends in a line end. */
export function renderPretty(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  options: PrettyOptions,
): string {
  const locator = createLocator(sources);
  const blocks = diagnostics.map((diagnostic) => toBlock(diagnostic, locator, options).join("\n"));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** A label with its place worked out. */
type Place = Label & { readonly at: Location; readonly primary: boolean };

/** How many related places are shown; programs get all of them. */
const mostRelated = 12;

function toBlock(diagnostic: Diagnostic, locator: Locator, options: PrettyOptions): string[] {
  const { style } = options;
  const severity = diagnostic.severity === "error" ? style.error : style.warning;
  const message = style.message(`: ${withoutControls(diagnostic.message)}`);
  const head = `${severity(`${diagnostic.severity}[${diagnostic.code}]`)}${message}`;

  const groups = byFile(placesOf(diagnostic, locator));
  const numbers = groups.flatMap((group) => group.places.map((place) => String(place.at.line)));
  const gutter = Math.max(0, ...numbers.map((number) => number.length));
  const margin = " ".repeat(gutter);
  const bar = style.frame(`${margin} |`);

  const lines = [head];
  for (const [index, group] of groups.entries()) {
    const first = group.places[0];
    if (first === undefined) continue;
    if (index > 0) lines.push(bar);
    const where = `${withoutControls(first.at.path)}:${first.at.line}:${first.at.column}`;
    lines.push(`${style.frame(`${margin}${index === 0 ? "-->" : ":::"}`)} ${where}`, bar);
    lines.push(...toSourceRows(group, locator, gutter, severity, options));
  }
  const hidden = diagnostic.related.length - mostRelated;
  if (groups.length > 0 && (hidden > 0 || diagnostic.help !== null)) lines.push(bar);
  if (hidden > 0) lines.push(`${style.frame(`${margin} =`)} and ${hidden} more places`);
  if (diagnostic.help !== null) {
    const [start = "", ...rest] = diagnostic.help.split("\n").map(withoutControls);
    lines.push(`${style.frame(`${margin} =`)} ${style.help("help")}: ${start}`.trimEnd());
    for (const line of rest) lines.push(`${margin}         ${line}`.trimEnd());
  }
  return lines;
}

function placesOf(diagnostic: Diagnostic, locator: Locator): readonly Place[] {
  const labels = [
    ...(diagnostic.primary === null ? [] : [{ ...diagnostic.primary, primary: true }]),
    ...diagnostic.related.slice(0, mostRelated).map((label) => ({ ...label, primary: false })),
  ];
  return labels.flatMap((label) => {
    const at = locator.locate(label.span);
    return at === null ? [] : [{ ...label, at }];
  });
}

/** The places of one file; the first place says where the reader is sent. */
type Group = { readonly file: FileId; readonly places: Place[] };

/** One group per file, the primary place's file first. */
function byFile(places: readonly Place[]): readonly Group[] {
  const groups: Group[] = [];
  for (const place of places) {
    const group = groups.find((candidate) => candidate.file === place.span.file);
    if (group === undefined) groups.push({ file: place.span.file, places: [place] });
    else group.places.push(place);
  }
  return groups;
}

function toSourceRows(
  group: Group,
  locator: Locator,
  gutter: number,
  severity: Paint,
  { style, width }: PrettyOptions,
): string[] {
  const rows: string[] = [];
  const numbers = [...new Set(group.places.map((place) => place.at.line))].sort((a, b) => a - b);
  for (const [index, number] of numbers.entries()) {
    const previous = numbers[index - 1];
    if (previous !== undefined && number > previous + 1) rows.push(style.frame("..."));
    const { text, start } = locator.lineOf(group.file, number);
    const places = group.places.filter((place) => place.at.line === number);
    const marks = places.map((place) => ({
      start: place.span.start - start,
      // A place over several lines is marked to the end of its first one.
      end: place.at.endLine > number ? text.length : place.span.end - start,
      text: place.text,
      primary: place.primary,
    }));
    const excerpt = toExcerpt(text, marks, width - gutter - 3);
    const lead = `${String(number).padStart(gutter)} |`;
    rows.push(`${style.frame(lead)} ${excerpt.source}`.trimEnd());
    for (const [nth, row] of excerpt.rows.entries()) {
      const paint = places[nth]?.primary === true ? severity : style.related;
      const words = row.text === "" ? row.signs : `${row.signs} ${row.text}`;
      rows.push(`${style.frame(`${" ".repeat(gutter)} |`)} ${row.indent}${paint(words)}`);
    }
  }
  return rows;
}
