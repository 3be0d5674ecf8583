/** What the headers of a body announce: its type, its encoding and its length. */
import { payloadTooLarge, unsupportedMediaType, type Refusal } from "../answer/refusal.js";
import { headerText } from "../identity/origins.js";
import type { WireRequest } from "../wire.js";

const JSON_MEDIA = /^application\/json\s*(?:;|$)/i;

/** Of the types that say JSON only this one, which no form of another site can send. */
export const isJson = (type: string): boolean =>
  type === "application/json" || JSON_MEDIA.test(type);

export const mediaType = ({ headers }: WireRequest): string =>
  (headerText(headers["content-type"]) ?? "").trim();

export function checkEncoding({ headers }: WireRequest): Refusal | null {
  const encoding = headerText(headers["content-encoding"]) ?? "identity";
  return encoding.toLowerCase() === "identity"
    ? null
    : unsupportedMediaType("Content-Encoding is not supported");
}

/** For a body that can only be JSON. */
export function checkJson(request: WireRequest): Refusal | null {
  return isJson(mediaType(request))
    ? checkEncoding(request)
    : unsupportedMediaType("Content-Type must be application/json");
}

/** A body that says it is larger than `limit` bytes is not read. */
export function checkLength({ headers }: WireRequest, limit: number): Refusal | null {
  const length = Number(headerText(headers["content-length"]) ?? "0");
  return length > limit ? payloadTooLarge(limit) : null;
}
