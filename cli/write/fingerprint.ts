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
  return { exact: sha256(text).slice(0, 16), loose: sha256(withoutLayout(text)).slice(0, 32) };
}

/** First 16 hex digits of the SHA-256 of bytes: for a text as UTF-8 the same as its exact fingerprint. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** SHA-256 of a text as UTF-8, in hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The text without what a formatter, a linter's fix or a checkout may change: white space and line ends,
 * semicolons, quotes, trailing commas, and the bar that formatters put before the first arm of a union.
 */
export function withoutLayout(text: string): string {
  return text
    .replace(/[\s;'"\ufeff]+/g, "")
    .replace(/,(?=[)\]}>])/g, "")
    .replace(/(?<=[=(<[:,])\|(?!\|)/g, "");
}

/** Whether a merge of git left its marks: both the opening and the closing one stand at the start of a line. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7}(?: |\r?$)/m.test(text) && /^>{7}(?: |\r?$)/m.test(text);
}
