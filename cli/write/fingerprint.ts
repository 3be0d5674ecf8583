/**
 * Two hashes of a generated file. The *exact* one tells whether the plan is still what it was; the *loose*
 * one, blind to what formatters and checkouts change, tells whether somebody edited the file.
 */
import { createHash } from "node:crypto";

export type Fingerprint = {
  readonly exact: string;
  readonly loose: string;
};

export function toFingerprint(text: string): Fingerprint {
  const bytes = Buffer.from(text);
  return {
    exact: hashOf(bytes),
    loose: createHash("sha256").update(withoutLayout(bytes)).digest("hex").slice(0, 32),
  };
}

/** First 16 hex digits of the SHA-256 of bytes: for a text as UTF-8 the same as its exact fingerprint. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** SHA-256 of a text as UTF-8, in hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What a byte means for `withoutLayout`; all others mean nothing. */
const [ignored, closing, comma, opening, bar] = [1, 2, 3, 4, 5];
const meanings = toMeanings([
  [" \t\n\v\f\r;'\"", ignored],
  [")]}>", closing],
  [",", comma],
  ["=(<[:", opening],
  ["|", bar],
]);

function toMeanings(groups: readonly (readonly [bytes: string, meaning: number])[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const [bytes, meaning] of groups)
    for (const byte of Buffer.from(bytes)) table[byte] = meaning;
  return table;
}

/**
 * A text as UTF-8 without what a formatter, a linter's fix or a checkout may change: white space and line
 * ends, semicolons, quotes, trailing commas, a byte order mark, and the bar that formatters put before the
 * first arm of a union. Byte by byte, since megabytes of output go through here.
 *
 * The answer stands in the memory of the bytes, which are lost.
 */
export function withoutLayout(bytes: Uint8Array): Uint8Array {
  let length = 0;
  let last = 0;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  // What is kept moves forward in the same memory: it never overtakes what is still to be read.
  for (let at = hasMark ? 3 : 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const meaning = meanings[byte] ?? 0;
    if (meaning !== 0) {
      if (meaning === ignored) continue;
      const isLeading = meaning === bar && (last === opening || last === comma);
      if (isLeading && meanings[bytes[at + 1] ?? 0] !== bar) continue;
      if (meaning === closing && last === comma) length -= 1;
    }
    bytes[length] = byte;
    length += 1;
    last = meaning;
  }
  return bytes.subarray(0, length);
}

/** Whether a merge of git left its marks: both the opening and the closing one stand at the start of a line. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7}(?: |\r?$)/m.test(text) && /^>{7}(?: |\r?$)/m.test(text);
}
