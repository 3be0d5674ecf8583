import { toError, type Answer, type Body, type Subject } from "../wire/answer.js";
import { MizanError } from "../wire/error.js";
import { own } from "../wire/json.js";
import type { Client } from "./client.js";
import type { Contract, RequestOptions } from "./types.js";

/** What one exchange brought. */
export interface Exchanged<T> {
  readonly value: T | undefined;
  readonly error: MizanError | undefined;
  /** Stands beside an error too: a failed call may carry effects. */
  readonly body: Body;
  /** The server answers somebody else from now on. */
  readonly isSomebodyElse: boolean;
}

/**
 * One request and its answer. Never rejects: whatever comes, or does not, ends as a value or as a
 * `MizanError`. `decode` throws where the body is not what was asked for.
 */
export async function exchange<T>(
  client: Client,
  { hash, headerPrefix }: Contract,
  subject: Subject,
  { headers }: RequestOptions,
  send: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
  decode: (body: Body) => T,
): Promise<Exchanged<T>> {
  const prefix = client.options.headerPrefix ?? headerPrefix;
  let answer: Answer | undefined;
  let value: T | undefined;
  let error: MizanError | undefined;
  try {
    answer = await send({ ...headers, [`${prefix}Contract`]: hash });
    value = decode(answer.status < 300 ? answer.body : null);
  } catch (cause) {
    error = cause instanceof MizanError ? cause : toError(answer, subject, cause);
  }
  return {
    value,
    error,
    body: answer?.body,
    isSomebodyElse: answer?.headers.get(`${prefix}Identity`) === "changed",
  };
}

/** One value of a body, out of its box if it travels in one. */
export function take(body: unknown, key: string, boxed: boolean): unknown {
  const value = own(body, key);
  if (value === undefined) throw new TypeError(`The answer has no ${key}`);
  return boxed ? take(value, "result", false) : value;
}
