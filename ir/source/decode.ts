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
  const wrong = firstWrongOffset(bytes);
  return { value, diagnostics: [reportNotUtf8(file, wrong, "what follows is not UTF-8")] };
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

/**
 * The offset in the decoded text at which the first sequence that is not UTF-8 begins. It is found by
 * halving: what stands before is the longest beginning that decodes, perhaps cut off within a character.
 */
function firstWrongOffset(bytes: Uint8Array): number {
  let sound = 0;
  let wrong = bytes.length + 1;
  while (wrong - sound > 1) {
    const middle = (sound + wrong) >> 1;
    if (decodeBeginning(bytes.subarray(0, middle)) === null) wrong = middle;
    else sound = middle;
  }
  return decodeBeginning(bytes.subarray(0, sound))?.length ?? 0;
}

/** The complete characters of the beginning of a text, or null where it is not UTF-8. */
function decodeBeginning(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
