import { MizanError } from "./error.js";
import { own } from "./json.js";

/** What any transport brings back: an answer of any kind, good or bad. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON; undefined where the body was none. */
  readonly body: unknown;
  /** Null where the answer has no such header. Names are case-insensitive. */
  readonly header: (name: string) => string | null;
}

/** Who was asked, for the error. */
export interface Subject {
  readonly fn?: string;
  readonly context?: string;
}

/**
 * The error that an answer carries: the flat envelope `{"error": true, "code": …}`, the nested
 * `{"error": {"code": …}}`, or, of a body that is neither, its status alone. Without an answer it is the
 * network's error. `cause` is what was thrown on the way, if anything was.
 */
export function toError(answer: Answer | undefined, subject: Subject, cause?: unknown): MizanError {
  const body = answer?.body;
  const nested = own(body, "error");
  const envelope = nested === true ? body : nested;
  const code = own(envelope, "code");
  const message = own(envelope, "message");
  const fallback = answer ? `HTTP_${answer.status}` : "NETWORK";
  return new MizanError(
    {
      ...subject,
      code: typeof code === "string" ? code : fallback,
      status: answer?.status ?? 0,
      message:
        typeof message === "string" ? message : cause instanceof Error ? cause.message : fallback,
      details: own(envelope, "details") ?? {},
      retryAfterMs: toMilliseconds(answer?.header("Retry-After")),
    },
    { cause },
  );
}

/** Of `Retry-After`: seconds or a date. */
function toMilliseconds(value: string | null | undefined): number | undefined {
  return value ? Number(value) * 1000 || Date.parse(value) - Date.now() : undefined;
}
