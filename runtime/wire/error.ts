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
  /** When the server wants to be asked again, if it said so. */
  readonly retryAfterMs?: number | undefined;
}

export class MizanError<Code extends string = string, Details = unknown>
  extends Error
  implements ErrorFacts<Code, Details>
{
  override readonly name: string = "MizanError";
  readonly code: Code;
  readonly status: number;
  readonly details: Details;
  readonly fn: string | undefined;
  readonly context: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(facts: ErrorFacts<Code, Details>, options?: ErrorOptions) {
    super(facts.message, options);
    this.code = facts.code;
    this.status = facts.status;
    this.details = facts.details;
    this.fn = facts.fn;
    this.context = facts.context;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** An error that the contract declares, with its own details. */
export type DeclaredError<Code extends string, Details> = MizanError<Code, Details>;

/** An error that any call or read can end with. */
export type ProtocolError =
  | MizanError<ProtocolCode, Readonly<Record<string, unknown>>>
  | MizanError<"VALIDATION_ERROR", ValidationDetails>;
