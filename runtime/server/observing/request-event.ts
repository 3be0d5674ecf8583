/** What the option `onRequest` is told, once per request. Plain data, to be written as one line of JSON. */

/**
 * What was asked for. `stream` is a context read line by line, `other` what is no endpoint of ours, or was
 * refused before it was known.
 */
export type RequestKind = "call" | "context" | "stream" | "batch" | "session" | "view" | "other";

/**
 * Holds names of the contract and nothing that a client or a handler wrote, except the request id: no params, no
 * user, no message. Durations are in milliseconds.
 */
export interface RequestEvent {
  readonly kind: RequestKind;
  /** The function, context or view; null where there is none of that name. */
  readonly name: string | null;
  readonly method: string;
  readonly status: number;
  /** Of the error envelope, of the error line of a single stream, or for which a view was broken off; else null. */
  readonly code: string | null;
  /** Until the answer was handed to the framework; of streams and views until it was sent. */
  readonly durationMs: number;
  /** The `X-Request-Id` of the request if it is of a reasonable form, else a new one; the one that errors name. */
  readonly requestId: string;
  /** Whether the server's cache had the bundle; null where it took no part, and for a batch. */
  readonly cache: "HIT" | "MISS" | null;
  /** What became stale: contexts, and functions as `name()`. */
  readonly invalidated: readonly string[];
  /** What was given a value: `context.slot`. */
  readonly merged: readonly string[];
  /** The handlers that ran for this request, in the order in which they ended; those of `ctx.call` are inside. */
  readonly handlers: readonly HandlerTiming[];
  /** The reads of a batch, in the order in which they ended; empty for everything else. */
  readonly reads: readonly ReadTiming[];
  /** The client left before it was answered. */
  readonly aborted: boolean;
}

/** One handler that ran. */
export interface HandlerTiming {
  /** The function, as the contract has it. */
  readonly name: string;
  /** From its call until its output was checked, or it failed; those it called are inside. */
  readonly durationMs: number;
  /** Of the error it ended with; null for what went well. */
  readonly code: string | null;
}

/** One read of a batch. */
export interface ReadTiming {
  /** Null for a context that there is not. */
  readonly context: string | null;
  /** From its first handler, or the look into the cache, to its last slot. */
  readonly durationMs: number;
  /** Whether the server's cache had it; null where it took no part. */
  readonly cache: "HIT" | "MISS" | null;
  /** Of its error line; null for what went well. */
  readonly code: string | null;
}
