/** What an endpoint answers to methods that are not its own. */
import { answerEmpty, answerRefusal } from "../answer/answer.js";
import { allowed, wrongMethod } from "../answer/refusal.js";
import { headerText } from "../identity/origins.js";
import type { Exchange } from "../running/exchange.js";
import type { WireResponse } from "../wire.js";

/** The answer to OPTIONS and to a wrong method; null when the method is right. */
export function answerMethod(exchange: Exchange, only: "POST" | "GET"): WireResponse | null {
  const { core, request } = exchange;
  if (request.method === only || (only === "GET" && request.method === "HEAD")) return null;
  if (request.method !== "OPTIONS") return answerRefusal(exchange, wrongMethod(only));
  const answer = answerEmpty(exchange, 204);
  answer.headers["Allow"] = allowed[only];
  if (core.cors !== null && request.headers["access-control-request-method"] !== undefined) {
    const origin = headerText(request.headers["origin"]);
    const headers = headerText(request.headers["access-control-request-headers"]);
    const methods = allowed[only];
    Object.assign(answer.headers, core.cors.preflight({ origin, methods, headers }));
  }
  return answer;
}
