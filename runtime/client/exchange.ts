import { toError, type Answer, type Subject } from "../wire/answer.js";
import { MizanError } from "../wire/error.js";
import { own } from "../wire/json.js";
import type { Core } from "./client.js";
import type { Outcome } from "./retry.js";
import type { Contract, RequestOptions } from "./types.js";

/** What one exchange brought. The body stands beside an error too: a failed call may carry effects. */
export type Exchanged<T> = Outcome<T> & {
  readonly body: unknown;
  /** The server says that it answers somebody else from now on. */
  readonly identityChanged: boolean;
};

/**
 * One request and its answer. Never rejects: whatever comes, or does not, ends as a value or as a
 * `MizanError`. `decode` throws where the body is not what was asked for.
 */
export async function exchange<T>(
  core: Core,
  contract: Contract,
  subject: Subject,
  options: RequestOptions,
  send: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
  decode: (body: unknown) => T,
): Promise<Exchanged<T>> {
  const prefix = core.options.headerPrefix ?? contract.headerPrefix;
  const ours = contract.hash;
  let answer: Answer | undefined;
  let cause: unknown;
  try {
    answer = await send({ [`${prefix}Contract`]: ours, ...options.headers });
  } catch (thrown) {
    cause = thrown;
  }
  const body = answer?.body;
  const identityChanged = answer?.header(`${prefix}Identity`) === "changed";
  const theirs = answer?.header(`${prefix}Contract`) ?? ours;
  if (theirs !== ours && theirs !== core.theirs) {
    core.theirs = theirs;
    core.emit({ type: "contract-changed", ours, theirs });
  }
  if (answer && answer.status >= 200 && answer.status < 300) {
    try {
      return { value: decode(body), body, identityChanged };
    } catch (thrown) {
      cause = thrown;
    }
  }
  const error = cause instanceof MizanError ? cause : toError(answer, subject, cause);
  // Between two contracts these say no more than that they differ.
  const mismatch = theirs !== ours && /^(VALIDATION_ERROR|NOT_FOUND|HTTP_2..)$/.test(error.code);
  return {
    body,
    identityChanged,
    error: mismatch
      ? new MizanError(
          { ...error, message: error.message, code: "CONTRACT_MISMATCH" },
          { cause: error },
        )
      : error,
  };
}

/** One value of a body, out of its box if it travels in one. */
export function take(body: unknown, key: string, boxed: boolean): unknown {
  const value = own(body, key);
  if (value === undefined) throw new TypeError(`The answer has no "${key}"`);
  return boxed ? take(value, "result", false) : value;
}
