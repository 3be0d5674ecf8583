import { MizanError } from "./error.js";

/** What a body may hold of an error. Everything is looked at before it is believed. */
interface Envelope {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
}

/** A parsed body, as far as its form is common to all answers. */
export type Body =
  | (Envelope & {
      readonly error?: true | Envelope | null | undefined;
      readonly [key: string]: unknown;
    })
  | null
  | undefined;

/** What any transport brings back: an answer of any kind, good or bad. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON; undefined where the body was none. */
  readonly body: Body;
  readonly headers: { readonly get: (name: string) => string | null };
}

/** Who was asked, for the error. */
export interface Subject {
  readonly fn?: string;
  readonly context?: string;
}

/**
 * The error that an answer carries: the flat envelope `{"error": true, "code": …}`, the nested
 * `{"error": {"code": …}}`, or, of a body that is neither, its status alone. Without an answer it is the
 * network's error, and `cause` what was seen of it.
 */
export function toError(answer: Answer | undefined, subject: Subject, cause?: unknown): MizanError {
  const { body, status = 0 } = answer ?? {};
  const { code, message, details } = (body?.error === true ? body : body?.error) ?? {};
  const fallback = status ? `HTTP_${status}` : "NETWORK";
  return new MizanError(
    {
      ...subject,
      code: typeof code === "string" ? code : fallback,
      status,
      message: String(message ?? cause ?? fallback),
      details: details ?? {},
      retryAfter: answer?.headers.get("Retry-After"),
    },
    { cause },
  );
}
