/**
 * The double-submitted token: a cookie that our pages can read, and the same value in a header, which a page
 * of another site cannot send.
 *
 * The cookie is 16 random bytes and a signature of them, so that only values we gave out count. The token
 * that `session/` answers is the same 32 bytes under a fresh mask, another text each time, so that compressed
 * answers never repeat a secret. Both the masked token and the plain cookie value are accepted.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const COOKIE = "csrftoken";
const NONCE_BYTES = 16;
const VALUE_BYTES = 32;

/** How many cookies, and how many tokens, are remembered; verifying one again costs as much as a small request. */
const REMEMBERED = 4096;
/** In characters. Those we give out have 86; decoding passes over what does not belong there, however long. */
const LONGEST_REMEMBERED = 128;

export interface Csrf {
  /** What `session/` answers. A genuine cookie is kept, so that the tokens of other tabs stay valid. */
  issue(cookies: string | undefined, secure: boolean): { setCookie: string; token: string };
  /** Whether the header proves that one of our own pages sends this. */
  accepts(cookies: string | undefined, header: string | undefined): boolean;
}

export function createCsrf(secret: string): Csrf {
  const genuine = new Set<string>();
  /** The genuine cookie to each token that was accepted: a page sends the same one with every call. */
  const cookieOf = new Map<string, string>();

  const sign = (nonce: Uint8Array): Buffer =>
    createHmac("sha256", secret)
      .update(nonce)
      .digest()
      .subarray(0, VALUE_BYTES - NONCE_BYTES);

  function isGenuine(cookie: string): boolean {
    if (genuine.has(cookie)) return true;
    const value = Buffer.from(cookie, "base64url");
    const text = value.toString("base64url");
    if (value.length !== VALUE_BYTES || text !== cookie) return false;
    if (!timingSafeEqual(sign(value.subarray(0, NONCE_BYTES)), value.subarray(NONCE_BYTES))) {
      return false;
    }
    if (genuine.size >= REMEMBERED) {
      genuine.clear();
      cookieOf.clear();
    }
    genuine.add(copyOf(cookie));
    return true;
  }

  return {
    issue(cookies, secure) {
      const known = cookieValues(cookies).find(isGenuine);
      const value = known === undefined ? newValue() : Buffer.from(known, "base64url");
      const attributes = `Path=/; SameSite=Lax${secure ? "; Secure" : ""}`;
      return {
        setCookie: `${COOKIE}=${value.toString("base64url")}; ${attributes}`,
        token: mask(value),
      };
    },
    accepts(cookies, header) {
      if (header === undefined || header === "") return false;
      const values = cookieValues(cookies);
      const known = cookieOf.get(header);
      if (known !== undefined && values.includes(known)) return true;
      const cookie = values.find((value) => matches(value, header) && isGenuine(value));
      if (cookie === undefined) return false;
      if (header.length <= LONGEST_REMEMBERED) {
        if (cookieOf.size >= REMEMBERED) cookieOf.clear();
        cookieOf.set(header, copyOf(cookie));
      }
      return true;
    },
  };

  function newValue(): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    return Buffer.concat([nonce, sign(nonce)]);
  }
}

/** A cookie is part of a whole header, which would stay in memory with it. */
const copyOf = (cookie: string): string => Buffer.from(cookie, "latin1").toString("latin1");

/** All cookies of our name: a parent domain may have set another. */
function cookieValues(header: string | undefined): string[] {
  if (header === undefined || !header.includes(COOKIE)) return [];
  const values: string[] = [];
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === COOKIE) {
      values.push(pair.slice(equals + 1).trim());
    }
  }
  return values;
}

function mask(value: Buffer): string {
  const key = randomBytes(VALUE_BYTES);
  return Buffer.concat([key, xor(key, value)]).toString("base64url");
}

function matches(cookie: string, header: string): boolean {
  const given = Buffer.from(header, "base64url");
  const value =
    given.length === 2 * VALUE_BYTES
      ? xor(given.subarray(0, VALUE_BYTES), given.subarray(VALUE_BYTES))
      : given;
  const expected = Buffer.from(cookie, "base64url");
  return (
    expected.length === VALUE_BYTES &&
    value.length === VALUE_BYTES &&
    timingSafeEqual(value, expected)
  );
}

function xor(left: Buffer, right: Buffer): Buffer {
  const result = Buffer.allocUnsafe(left.length);
  for (let at = 0; at < left.length; at++) result[at] = (left[at] ?? 0) ^ (right[at] ?? 0);
  return result;
}
