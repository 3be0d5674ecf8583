/** How answers are made: the headers every one carries, and the one error envelope. */
import type { Effects } from "../effects/effects.js";
import type { Exchange } from "../running/exchange.js";
import { headerText } from "../identity/origins.js";
import type { Refusal } from "./refusal.js";
import { LINES_TYPE } from "../request/accept.js";
import type { WireResponse } from "../wire.js";

/** What is shorter the system takes at once, whether or not the client does. */
const HELD_BY_SYSTEM = 16 * 1024;

const JSON_TYPE = "application/json; charset=utf-8";

/** An answer with a JSON body. HEAD has the same headers and no body. */
export function answerJson(
  exchange: Exchange,
  status: number,
  body: string,
  cacheControl: string,
  effects: Effects | null,
): WireResponse {
  const headers = commonHeaders(exchange, effects);
  headers["Content-Type"] = JSON_TYPE;
  headers["Content-Length"] = String(Buffer.byteLength(body));
  headers["Cache-Control"] = cacheControl;
  if (exchange.request.method === "HEAD") return { status, headers, body: "" };
  const { handlerTimeoutMs } = exchange.core;
  return body.length > HELD_BY_SYSTEM && handlerTimeoutMs > 0
    ? { status, headers, body, patienceMs: handlerTimeoutMs }
    : { status, headers, body };
}

/** A streamed answer: 200, whatever comes. Nobody on the way may store, compress or hold back its lines. */
export function answerLines(exchange: Exchange, body: AsyncIterable<string>): WireResponse {
  const headers = commonHeaders(exchange, null);
  headers["Content-Type"] = LINES_TYPE;
  headers["Cache-Control"] = "no-store, no-transform";
  headers["X-Accel-Buffering"] = "no";
  return { status: 200, headers, body };
}

/** Adds a name to `Vary`. */
export function addVary(headers: WireResponse["headers"], name: string): void {
  const key = Object.keys(headers).find(isVary);
  headers[key ?? "Vary"] = key === undefined ? name : [headers[key] ?? [], name].flat().join(", ");
}

const isVary = (name: string): boolean => name.length === 4 && name.toLowerCase() === "vary";

/** An answer without a body: 204, 304. */
export const answerEmpty = (exchange: Exchange, status: number): WireResponse => ({
  status,
  headers: commonHeaders(exchange, null),
  body: "",
});

export function answerRefusal(
  exchange: Exchange,
  refusal: Refusal,
  effects: Effects | null = null,
): WireResponse {
  exchange.recording?.refused(refusal);
  const left = effects === null || effects.isEmpty ? null : effects.afterFailure();
  const body = JSON.stringify({
    error: true,
    code: refusal.code,
    message: refusal.message,
    details: refusal.details,
    invalidate: left?.toInvalidate(),
  });
  const answer = answerJson(exchange, refusal.status, body, "no-store", left);
  if (refusal.allow !== undefined) answer.headers["Allow"] = refusal.allow;
  if (refusal.status === 401 && exchange.core.bearer !== null) {
    answer.headers["WWW-Authenticate"] = refusal.challenge ?? "Bearer";
  }
  if (refusal.retryAfter !== undefined) answer.headers["Retry-After"] = String(refusal.retryAfter);
  if (refusal.hangUp === true) answer.headers["Connection"] = "close";
  return answer;
}

function commonHeaders(exchange: Exchange, effects: Effects | null): WireResponse["headers"] {
  const { core, request, collectedHeaders } = exchange;
  exchange.makeHead();
  const headers: WireResponse["headers"] = {};
  headers[core.headers.contract] = core.contract.hash;
  if (collectedHeaders !== null) {
    for (const [name, values] of collectedHeaders.entries()) {
      headers[name] = values.length === 1 ? (values[0] ?? "") : [...values];
    }
  }
  if (core.cors !== null) {
    const { Vary, ...rest } = core.cors.headersFor(headerText(request.headers["origin"]));
    Object.assign(headers, rest);
    addVary(headers, Vary);
  }
  if (exchange.identityChanged) headers[core.headers.identity] = "changed";
  const invalidate = effects?.toHeader() ?? null;
  if (invalidate !== null) headers[core.headers.invalidate] = invalidate;
  return headers;
}
