/**
 * Bytes of a contract file to text. Files are UTF-8, with or without a byte order mark; what is not is
 * refused, and still decoded as well as can be, so that the rest of the file is reported in the same run.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.js";
import type { FileId } from "./source.js";

/** The most bytes that a contract file may have. Reading a larger one costs seconds and helps nobody. */
export const largestFile = 1024 * 1024;

/** Decodes one file. The text is empty when the file is too large. */
export function decodeSource(bytes: Uint8Array, file: FileId): Outcome<string> {
  if (bytes.length > largestFile) {
    return { value: "", diagnostics: [reportTooLarge(file, bytes.length)] };
  }
  const wide = utf16Of(bytes);
  if (wide !== null) {
    const value = new TextDecoder(wide).decode(bytes);
    return { value, diagnostics: [reportNotUtf8(file, 0, `this is ${wide.toUpperCase()}`)] };
  }
  try {
    return { value: new TextDecoder("utf-8", { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    // Not UTF-8; a decoder that is told to be lenient cannot throw.
  }
  const value = new TextDecoder().decode(bytes);
  const wrong = new TextDecoder().decode(bytes.subarray(0, firstWrongByte(bytes))).length;
  return { value, diagnostics: [reportNotUtf8(file, wrong, "these bytes are not UTF-8")] };
}

/** The refusal of a file by its size, for whoever knows that before reading it. */
export function reportTooLarge(file: FileId, size: number): Diagnostic {
  return report(
    "MZ1023",
    { span: { file, start: 0, end: 0 }, text: "too large" },
    { size, limit: largestFile },
    { help: "split it: a contract is all the files of its folder together" },
  );
}

function reportNotUtf8(file: FileId, start: number, label: string): Diagnostic {
  const span = { file, start, end: start };
  return report("MZ1024", { span, text: label }, {}, { help: "save the file as UTF-8" });
}

function utf16Of([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return null;
}

/** The start of the first sequence that is not UTF-8, by halving: a sound prefix decodes without error. */
function firstWrongByte(bytes: Uint8Array): number {
  let sound = 0;
  let wrong = bytes.length;
  while (wrong - sound > 1) {
    const middle = (sound + wrong) >> 1;
    if (isSoundPrefix(bytes.subarray(0, middle))) sound = middle;
    else wrong = middle;
  }
  // The sound prefix may hold the beginning of the sequence that turned out to be wrong.
  while (sound > 0 && ((bytes[sound] ?? 0) & 0xc0) === 0x80) sound--;
  return sound;
}

/** Whether bytes are UTF-8, perhaps cut off within a character. */
function isSoundPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
