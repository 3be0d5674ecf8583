import { MizanError } from "./error.js";

/**
 * A parsed body as it would be if all went well. None of it is certain: values are passed on as unknown,
 * and a wrong form ends as an error, not as a crash.
 */
export type Body = Readonly<Record<string, unknown>> & {
  readonly result?: { readonly result?: unknown } | null;
  readonly csrfToken?: string;
  readonly error?: true | Envelope | null;
  readonly merge?: readonly SentEntry[] | null;
  readonly invalidate?: readonly unknown[] | null;
} & Envelope;

/** An entry of `merge` or `invalidate`, likewise as it would be if all went well. */
export interface SentEntry {
  readonly context?: unknown;
  readonly function?: string;
  readonly params?: object | null;
  readonly slot?: string;
  readonly value?: unknown;
  readonly op?: string;
  readonly key?: string;
}

interface Envelope {
  readonly code?: string;
  readonly message?: string;
  readonly details?: { readonly [key: string]: unknown };
}

/** What any transport brings back: an answer of any kind, good or bad. */
export interface Answer {
  /** 0 where no answer can come any more. */
  readonly status: number;
  readonly headers?: { readonly get: (name: string) => string | null | undefined };
  /** The parsed JSON; absent where the body was none. */
  readonly body?: Body | null | undefined;
  /** Why there is no answer, or none that can be read. */
  readonly cause?: unknown;
}

/** Who was asked, for the error. */
export interface Subject {
  readonly fn?: string;
  readonly context?: string;
}

/** An answer for when there is none. */
export const noAnswer = (cause: unknown): Answer => ({ status: 0, cause });

/**
 * The error that an answer carries: the flat envelope `{"error": true, "code": …}`, the nested
 * `{"error": {"code": …}}`, or, of a body that is neither, its status alone.
 */
export const toError = (
  subject: Subject,
  answer: Answer,
  fallback: string = answer.status ? `HTTP_${answer.status}` : "NETWORK",
): MizanError => {
  const { body } = answer;
  const { code, message, details }: Envelope = Object(body?.error === true ? body : body?.error);
  return new MizanError({
    code: `${code ?? fallback}`,
    message: `${message ?? answer.cause ?? fallback}`,
    details: details ?? {},
    ...subject,
    ...answer,
  });
};
