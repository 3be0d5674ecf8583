/**
 * `GET health/`, for load balancers: whether new requests should come here. Served where the application asks for
 * it, while closing too, and counted and logged as nothing.
 */
import { answerJson } from "../answer/answer.js";
import type { Core } from "../core.js";
import type { Exchange } from "../running/exchange.js";
import type { InFlight } from "../running/in-flight.js";
import type { WireResponse } from "../wire.js";
import { answerMethod } from "./method.js";

export interface Health {
  /** `closing` once `close()` was called: new requests are refused. */
  readonly status: "ok" | "closing";
  /** Requests under way. */
  readonly inFlight: number;
  /** Null where nothing is cached. Requests are served all the same while it is not available. */
  readonly cache: { readonly available: boolean } | null;
  /** The hash that answers carry in `X-Mizan-Contract`. */
  readonly contract: string;
}

export const toHealth = ({ cache, contract }: Core, { size, closing }: InFlight): Health => ({
  status: closing ? "closing" : "ok",
  inFlight: size,
  cache: cache === null ? null : { available: cache.available !== false },
  contract: contract.hash,
});

export const isHealthPath = (path: string): boolean => path === "/health" || path === "/health/";

export function answerHealth(exchange: Exchange, health: Health): WireResponse {
  const status = health.status === "ok" ? 200 : 503;
  return (
    answerMethod(exchange, "GET") ??
    answerJson(exchange, status, JSON.stringify(health), "no-store", null)
  );
}
