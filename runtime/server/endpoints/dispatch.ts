/** From a path and a method to an endpoint. Every path below the mount has an answer in our own form. */
import { answerRefusal } from "../answer/answer.js";
import { answerBatch } from "./batch.js";
import { answerCall } from "./call.js";
import type { RequestKind } from "../observing/request-event.js";
import type { Exchange } from "../running/exchange.js";
import { decodePercent } from "../request/query.js";
import { answerMethod } from "./method.js";
import { answerRead } from "./read.js";
import { answerSession } from "./session.js";
import { notFound } from "../answer/refusal.js";
import type { Soon } from "../running/soon.js";
import type { WireResponse } from "../wire.js";

const NOWHERE = notFound("Not found");

export function dispatch(exchange: Exchange): Soon<WireResponse> {
  const { path } = exchange.request;
  // A redirect would lose the body of a POST, so both forms are the endpoint.
  const bare = path.endsWith("/") ? path.slice(0, -1) : path;
  if (exchange.recording !== null) exchange.recording.kind = kindOf(bare);
  if (bare === "/call") return answerMethod(exchange, "POST") ?? answerCall(exchange);
  if (bare === "/session") return answerMethod(exchange, "GET") ?? answerSession(exchange);
  if (bare === "/ctx") return answerMethod(exchange, "POST") ?? answerBatch(exchange);
  if (bare.startsWith("/ctx/") && !bare.includes("/", 5)) {
    const raw = bare.slice(5);
    return answerMethod(exchange, "GET") ?? answerRead(exchange, decodePercent(raw) ?? raw);
  }
  return answerRefusal(exchange, NOWHERE);
}

function kindOf(bare: string): RequestKind {
  if (bare === "/call" || bare === "/session") return bare === "/call" ? "call" : "session";
  if (bare === "/ctx") return "batch";
  return bare.startsWith("/ctx/") ? "context" : "other";
}
