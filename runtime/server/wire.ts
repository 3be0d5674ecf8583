/**
 * The framework's side of one request, as the dispatcher sees it. An adapter makes a `WireRequest` and
 * writes the `WireResponse`; nothing behind this file knows Express or node:http.
 */
import type { Refusal } from "./answer/refusal.js";

/** The body could not be read to its end. */
export type BodyFailure = "too-large" | "aborted";

/** A body parser in front of the adapter has read the body: what it made of it, or why it refused. */
export type ParsedBody = { readonly parsed: unknown } | { readonly refusal: Refusal };

/**
 * How a body that was read in pieces ended: all of it was handed over, or `take` had enough, or the client is
 * gone, or a body parser in front has read or refused it.
 */
export type ChunksEnd =
  "complete" | "stopped" | "aborted" | "consumed" | { readonly refusal: Refusal };

export interface WireRequest {
  readonly method: string;
  /** Below the mount, undecoded, beginning with a slash: `/call/`. */
  readonly path: string;
  /** Undecoded, without the question mark; empty when there is none. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The connection to the browser is known to be encrypted. */
  readonly secure: boolean;
  /** Host and port that the browser asked for, where the framework knows better than `Host`. */
  readonly host: string | undefined;
  /**
   * The application sends it to itself, without a browser: neither an `Origin` nor a CSRF token would prove
   * anything, so none is asked for. Never to be set for what came from outside.
   */
  readonly isInProcess?: true;
  /** The framework's own request: what `authenticate` and handlers get. */
  readonly native: object;
  /**
   * How many bytes of the body have come, while more of them are waited for; null while nobody reads it. Without
   * it a body that stalls is the framework's to end.
   */
  readonly received?: number | null;
  /** Reads the whole body. Called at most once. */
  readBody(limit: number): Promise<Uint8Array | ParsedBody | BodyFailure>;
  /**
   * Hands the body over piece by piece, waiting for `take` before the next one, until it answers false. Called
   * at most once, and not beside `readBody`. Rejects with what `take` threw.
   */
  readChunks(take: (piece: Uint8Array) => Promise<boolean>): Promise<ChunksEnd>;
  /** Calls back once when the client is gone before it was answered. */
  onAbort(listener: () => void): void;
  /** Breaks the connection of a client that has stopped reading its answer. */
  cut(): void;
}

/** Answers one request: calls back once, perhaps at once, with what is to be sent. Never throws. */
export type Serve = (request: WireRequest, respond: (response: WireResponse) => void) => void;

export interface WireResponse {
  readonly status: number;
  /** Values are one text, or several for `Set-Cookie`. */
  readonly headers: Record<string, string | string[]>;
  /**
   * Empty for answers without a body, HEAD included. A streamed one comes in chunks of whole lines: each is
   * sent before the next is asked for, and `return()` is called where the client is gone before the end.
   */
  readonly body: string | AsyncIterable<string>;
  /** Milliseconds in which a client may take nothing of a large body before it is cut off; else no limit. */
  readonly patienceMs?: number;
}
