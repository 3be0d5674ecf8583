/**
 * Spans through `@opentelemetry/api`, where the application has it and an SDK that listens.
 *
 * The API is an optional package, and is loaded when an SDK is there: an SDK registers itself with the API under
 * a global symbol that all copies of its major version share, so looking for that tells without loading anything.
 * The first requests may be served while the API is being loaded, and are not traced.
 */
import type * as OpenTelemetry from "@opentelemetry/api";
import type { Context, Span } from "@opentelemetry/api";
import type { IncomingHttpHeaders } from "node:http";
import { isRecord } from "../values/own.js";
import type { RequestEvent } from "./request-event.js";

type Api = typeof OpenTelemetry;

export interface RequestSpan {
  /** Runs with the span as the active one. */
  within<Result>(run: () => Result): Result;
  /** Runs a handler in a span of its own below the active one. Rejects as `run` does. */
  handler<Result>(
    name: string,
    run: () => Promise<Result>,
    codeOf: (thrown: unknown) => string,
  ): Promise<Result>;
  end(event: RequestEvent): void;
}

const REGISTRY = Symbol.for("opentelemetry.js.api.1");

function isListening(): boolean {
  const registry: unknown = Reflect.get(globalThis, REGISTRY);
  return isRecord(registry) && registry["trace"] !== undefined;
}

/** Answers a started span, or null where nobody listens. */
export type StartSpan = (headers: IncomingHttpHeaders) => RequestSpan | null;

/** Runs what an SDK does, among it what an application has added to that; null where it throws. */
type Attempt = <Result>(run: () => Result) => Result | null;

/** What an SDK throws fails no request; `failed` is told of it. */
export function createTracing(failed: (thrown: unknown) => void): StartSpan {
  const attempt: Attempt = (run) => {
    try {
      return run();
    } catch (thrown) {
      failed(thrown);
      return null;
    }
  };
  let api: Api | null = null;
  let isLoading = false;
  const load = (): void => {
    isLoading = true;
    import("@opentelemetry/api").then(
      (loaded) => (api = loaded),
      () => undefined,
    );
  };
  if (isListening()) load();
  return (headers) => {
    if (!isListening()) return null;
    const loaded = api;
    if (loaded !== null) return attempt(() => startSpan(loaded, headers, attempt));
    if (!isLoading) load();
    return null;
  };
}

function startSpan(api: Api, headers: IncomingHttpHeaders, attempt: Attempt): RequestSpan {
  const { SpanKind, context, propagation, trace } = api;
  const tracer = trace.getTracer("@mizan/runtime");
  const active = context.active();
  // A span of the framework's is the way to the sender's; where there is none, its headers are.
  const isInside = trace.getSpan(active) !== undefined;
  const parent = isInside ? active : propagation.extract(active, headers);
  const kind = isInside ? SpanKind.INTERNAL : SpanKind.SERVER;
  const span = tracer.startSpan("mizan", { kind, attributes: { "rpc.system": "mizan" } }, parent);
  const inside: Context = trace.setSpan(parent, span);
  return {
    within: (run) => context.with(inside, run),
    async handler(name, run, codeOf) {
      const attributes = { "mizan.function": name };
      const active = context.active();
      const child = attempt(() => tracer.startSpan(`handler ${name}`, { attributes }, active));
      if (child === null) return run();
      try {
        return await context.with(trace.setSpan(active, child), run);
      } catch (thrown) {
        attempt(() => fail(api, child, codeOf(thrown), thrown));
        throw thrown;
      } finally {
        attempt(() => child.end());
      }
    },
    end(event) {
      attempt(() => describe(api, span, event));
      attempt(() => span.end());
    },
  };
}

function describe({ SpanStatusCode }: Api, span: Span, event: RequestEvent): void {
  const { kind, name, status, code, requestId, cache, invalidated, merged, aborted } = event;
  span.updateName(name === null ? `mizan ${kind}` : `mizan ${kind} ${name}`);
  span.setAttributes({
    "mizan.kind": kind,
    "mizan.request_id": requestId,
    "http.request.method": event.method,
    "http.response.status_code": status,
    ...(name !== null && { "rpc.method": name, [`mizan.${ATTRIBUTES[kind]}`]: name }),
    ...(code !== null && { "error.type": code }),
    ...(cache !== null && { "mizan.cache": cache }),
    ...(invalidated.length > 0 && { "mizan.invalidated": [...invalidated] }),
    ...(merged.length > 0 && { "mizan.merged": [...merged] }),
    ...(aborted && { "mizan.aborted": true }),
  });
  // What the client did wrong is no error of the server's.
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR, message: code ?? "" });
}

const ATTRIBUTES = {
  call: "function",
  context: "context",
  stream: "context",
  view: "view",
  batch: "batch",
  session: "session",
  other: "other",
} as const satisfies Record<RequestEvent["kind"], string>;

/** Errors that the contract declares are answers; any other is an exception. */
function fail({ SpanStatusCode }: Api, span: Span, code: string, thrown: unknown): void {
  span.setAttribute("error.type", code);
  if (code !== "INTERNAL_ERROR") return;
  span.recordException(thrown instanceof Error ? thrown : String(thrown));
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
}
