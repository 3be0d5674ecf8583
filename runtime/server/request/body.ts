/** The body of a call: from what an adapter read to a JSON object, or why there is none. */
import { isUtf8 } from "node:buffer";
import { badRequest, payloadTooLarge, type Refusal } from "../answer/refusal.js";
import { MOST_NESTED, nestsTooDeep, valueNestsTooDeep } from "../values/json.js";
import { isRecord, type Plain } from "../values/own.js";
import type { BodyFailure, ParsedBody } from "../wire.js";

export type Body =
  { readonly refusal: null; readonly value: Plain } | { readonly refusal: Refusal };

type Read = Uint8Array | ParsedBody | BodyFailure;

/** Too large, or of a type that nobody reads: answered before anything else is asked. */
export function checkRead(read: Read, limit: number): Refusal | null {
  if (read === "too-large") return payloadTooLarge(limit);
  if (typeof read === "string" || !("refusal" in read)) return null;
  return read.refusal.status === 413 || read.refusal.status === 415 ? read.refusal : null;
}

export function parseBody(read: Read): Body {
  if (typeof read === "string") return { refusal: badRequest("Request body incomplete") };
  if ("refusal" in read) return read;
  if ("parsed" in read) return valueNestsTooDeep(read.parsed) ? tooDeep() : asObject(read.parsed);
  if (!isUtf8(read)) return { refusal: badRequest("Request body is not UTF-8") };
  return parseText(Buffer.from(read.buffer, read.byteOffset, read.byteLength).toString("utf8"));
}

export function parseText(given: string): Body {
  const text = given.charCodeAt(0) === 0xfeff ? given.slice(1) : given;
  if (text === "") return { refusal: badRequest("Request body required") };
  if (nestsTooDeep(text)) return tooDeep();
  try {
    return asObject(JSON.parse(text));
  } catch {
    return { refusal: badRequest("Invalid JSON in request body") };
  }
}

const tooDeep = (): Body => ({
  refusal: badRequest(`Request body is nested deeper than ${MOST_NESTED}`),
});

const asObject = (value: unknown): Body =>
  isRecord(value)
    ? { refusal: null, value }
    : { refusal: badRequest(`Request body must be an object, not ${kindOf(value)}`) };

/** What the protocol calls a JSON value that should have been an object. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
