/** UTF-8 without `TextEncoder` and `TextDecoder`, which jsdom lacks. */

/** Each character one byte. */
export const toBytes = (binary: string): Uint8Array =>
  Uint8Array.from(binary, (character) => character.charCodeAt(0));

export const toUtf8 = (text: string): Uint8Array =>
  toBytes(
    encodeURIComponent(text.toWellFormed()).replace(/%([\dA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  );

/** Throws a URIError for what is no UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(
    Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  );
