/**
 * What the server takes from Node, for the build of this entry that browsers and stories load: `scripts/runtime.mjs`
 * puts it in the place of every `node:` module. It holds what answering calls and reads needs, with the same names;
 * the rest is there by name and says what is missing when it is asked for.
 *
 * Nothing here is fit for secrets, and nothing has to be: the server in memory serves nobody but its own page.
 */

import { fromUtf8 } from "./utf8.js";
import { missing } from "./missing.js";

// ---- node:crypto

/** Eight hexadecimal digits for each start value (FNV-1a), so that 64 of them tell texts apart. */
function digest(text: string): string {
  return Array.from({ length: 8 }, (_, start) => {
    let hash = 0x811c9dc5 + start * 0x9e3779b1;
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, "0");
  }).join("");
}

interface Hash {
  readonly update: (text: string) => { readonly digest: (encoding: string) => string };
}

/** For tags and names, which have to differ where texts do. Any digest is hexadecimal. */
export const createHash = (_algorithm: string): Hash => ({
  update: (text) => ({ digest: () => digest(text) }),
});

/** Not `crypto.randomUUID`, which pages have over HTTPS alone. */
export const randomUUID = (): string => {
  const hex = randomBytes(16).toString();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** As text whatever is asked for, in hexadecimal. */
export const randomBytes = (
  size: number,
): { readonly toString: (encoding?: string) => string } => ({
  toString: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(size)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join(""),
});
export const createHmac: () => never = missing("createHmac");
export const createSecretKey: () => never = missing("createSecretKey");
export const timingSafeEqual: () => never = missing("timingSafeEqual");

// ---- node:buffer

export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    fromUtf8(bytes);
    return true;
  } catch {
    return false;
  }
};

// ---- node:http

export const STATUS_CODES: Readonly<Record<string, string>> = {};
export const validateHeaderName = (name: string): void => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new TypeError(`Invalid header name: ${name}`);
};
export const validateHeaderValue = (name: string, value: string): void => {
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
    throw new TypeError(`Invalid value of the header ${name}`);
  }
};

// ---- files, which there are none of

export const tmpdir = (): string => "/";
export const constants: { readonly W_OK: number; readonly X_OK: number } = { W_OK: 0, X_OK: 0 };
export const accessSync = (): void => {};
export const statSync = (): { readonly isDirectory: () => boolean } => ({
  isDirectory: () => true,
});
export const join = (...parts: readonly string[]): string => parts.join("/");
export const open: () => never = missing("a disk");
export const unlink: () => never = missing("a disk");
export const Readable: () => never = missing("Readable");
/** Of `node:timers/promises`, for a cache that nobody makes here. */
export const setTimeout: () => never = missing("a cache in Redis");
