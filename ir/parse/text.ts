/**
 * What is wrong with a text before anybody cuts it into tokens: its size, characters that KDL forbids
 * everywhere, merge conflicts. Each is masked, so that it is reported once and the rest can be read.
 */
import { report } from "../diagnostics/catalogue.js";
import { largestFile, reportTooLarge } from "../source/decode.js";
import type { SourceFile, Span } from "../source/source.js";
import type { Faults } from "./faults.js";

/**
 * Stands for a forbidden character: a word or string may hold it, and it is taken out of names and values
 * by `unmask`. A file without forbidden characters may have it for itself.
 */
const mask = "\uffff";

/** A text to read, of the same length as the file's. */
export type PreparedText = {
  readonly text: string;
  /** Whether something forbidden was masked. */
  readonly isMasked: boolean;
};

/** Null when the file is not worth reading. */
export function prepareText(file: SourceFile, faults: Faults): PreparedText | null {
  if (file.text.length > largestFile / 3) {
    const size = new TextEncoder().encode(file.text).length;
    if (size > largestFile) {
      faults.add(reportTooLarge(file.id, size));
      return null;
    }
  }
  const binary = file.text.indexOf("\0");
  if (binary !== -1) {
    const span: Span = { file: file.id, start: binary, end: binary + 1 };
    const label = { span, text: "a zero character" };
    faults.add(report("MZ1025", label, {}, { help: "save the file as UTF-8 text" }));
    return null;
  }
  const sound = maskConflicts(file, faults);
  const text = maskForbidden(file, sound, faults);
  return { text, isMasked: text !== sound };
}

/** A piece of a text without masked characters. */
export function unmask({ isMasked }: PreparedText, piece: string): string {
  return isMasked ? piece.replaceAll(mask, "") : piece;
}

// The list of KDL 2, "disallowed literal code points"; with the flag `u` a surrogate is one without its partner.
const forbidden =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\x00-\x08\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

function maskForbidden(file: SourceFile, text: string, faults: Faults): string {
  return text.replace(forbidden, (character, start: number) => {
    if (character === "\ufeff" && start === 0) return character;
    const code = character.charCodeAt(0);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    const help = isSurrogate
      ? "remove it: it is half of a character"
      : `remove it; in a quoted string it can be written \`\\u{${code.toString(16)}}\``;
    const span = { file: file.id, start, end: start + 1 };
    const place = { span, text: "this character" };
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    const fix = { span, replacement: "" };
    faults.add(report("MZ1020", place, { character: name }, { help, fix }));
    // A byte order mark is left over where files were joined; the others stand within words.
    return character === "\ufeff" ? " " : mask;
  });
}

const conflictMarker = /^(<{7}|\|{7}|={7}|>{7})(?: .*)?$/gm;

/** Keeps the first side of each merge conflict, and blanks its markers and the other side. */
function maskConflicts(file: SourceFile, faults: Faults): string {
  if (!/^(?:<{7}|>{7})(?: |$)/m.test(file.text)) return file.text;
  const blanks: Span[] = [];
  let side: "none" | "first" | "other" = "none";
  let from = 0;
  for (const { 0: line, 1: marker = "", index } of file.text.matchAll(conflictMarker)) {
    const span = { file: file.id, start: index, end: index + line.length };
    const isStart = marker.startsWith("<");
    const isEnd = marker.startsWith(">");
    if (isStart || (isEnd && side === "none")) {
      const help = "keep one of the versions, or both, and remove the markers";
      faults.add(report("MZ1021", { span, text: "here" }, {}, { help }));
    }
    if (isStart || isEnd) {
      blanks.push(side === "other" ? { ...span, start: from } : span);
      side = isStart ? "first" : "none";
    } else if (side === "first") {
      side = "other";
      from = index;
    }
  }
  // Without its end nobody knows how far the other side goes.
  if (side === "other") blanks.push({ file: file.id, start: from, end: from + 7 });
  let text = "";
  let at = 0;
  for (const { start, end } of blanks) {
    text += file.text.slice(at, start) + file.text.slice(start, end).replace(/[^\n\r]/g, " ");
    at = end;
  }
  return text + file.text.slice(at);
}
