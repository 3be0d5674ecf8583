/**
 * The one error class that applications meet. Everything that goes wrong between a call and its answer
 * is one, except an abort, which stays what the signal says.
 */

/** Codes that every server may answer with, and those that a client makes itself. */
export type ProtocolCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONTRACT_MISMATCH"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "INTERNAL_ERROR"
  | "NOT_IMPLEMENTED"
  | "UNAVAILABLE"
  /** No answer, or one that broke off. */
  | "NETWORK"
  | "TIMEOUT"
  /** An answer with this status whose body nobody can read. */
  | `HTTP_${number}`;

/** `fields`: path (`point.x`, `ids.1`) to messages. */
export interface ValidationDetails {
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

export interface ErrorFacts<Code extends string, Details> {
  readonly code: Code;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly message: string;
  /** `{}` where the server sent none. */
  readonly details: Details;
  /** The wire name of the function or the context that was asked. */
  readonly fn?: string | undefined;
  readonly context?: string | undefined;
  /** Of the answer, if there was one. */
  readonly headers?: { readonly get: (name: string) => string | null | undefined };
  readonly body?: unknown;
  /** What was thrown on the way, if anything was. */
  readonly cause?: unknown;
}

/**
 * Why a call or a read failed. `instanceof` knows those of this copy of the package only; `isMizanError` and the guards
 * of a generated client know all of them.
 */
export class MizanError<Code extends string = string, Details = unknown>
  extends Error
  implements ErrorFacts<Code, Details>
{
  override readonly name: string = "MizanError";
  /** What the contract declares, or a `ProtocolCode`. A server newer than the page may know others. */
  declare readonly code: Code;
  /** The status of the answer; 0 where there was none. */
  declare readonly status: number;
  /** What the contract declares for this code; `{}` where the server sent none. */
  declare readonly details: Details;
  /** The wire name of the function that was called; absent where a context was read. */
  declare readonly fn?: string | undefined;
  /** The wire name of the context that was read; absent where a function was called. */
  declare readonly context?: string | undefined;
  /** Those of the answer, if there was one, such as `X-Request-Id`. */
  declare readonly headers?: { readonly get: (name: string) => string | null | undefined };
  /** The parsed JSON of the answer, if it was any. */
  declare readonly body?: unknown;

  constructor(facts: ErrorFacts<Code, Details>) {
    super(facts.message);
    Object.assign(this, facts);
  }
}

/** The details of a declared error that has none. */
export type NoDetails = Readonly<Record<string, never>>;

/** An error that the contract declares, with its own details. */
export type DeclaredError<Code extends string, Details> = MizanError<Code, Details>;

/** An error that any call or read can end with. */
export type ProtocolError =
  | MizanError<ProtocolCode, Readonly<Record<string, unknown>>>
  | MizanError<"VALIDATION_ERROR", ValidationDetails>;
