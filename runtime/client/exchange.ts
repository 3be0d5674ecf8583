import { noAnswer, toError, type Answer, type Subject } from "../wire/answer.js";
import type { MizanError } from "../wire/error.js";
import type { Client } from "./client.js";
import type { Request } from "./transport.js";
import type { Contract, RequestOptions } from "./types.js";

/** What is wrong with an answer of which this could be read; undefined is nothing, of both. */
type ErrorOf = (answer: Answer, value?: unknown) => MizanError | undefined;

/**
 * What calls and reads have in common: the headers that say for which contract we speak, and a limit.
 *
 * Rejects as soon as the caller's signal aborts, with its reason, or the time is over, with `TIMEOUT`,
 * whatever becomes of the work. Nothing is sent after that; `onSend` hears of everything that is.
 */
export const exchange = async <T>(
  client: Client,
  contract: Contract,
  subject: Subject,
  {
    // One that never aborts.
    signal = AbortSignal.any([]),
    timeoutMs = client.timeoutMs ?? 30_000,
    headers,
  }: RequestOptions,
  onSend: () => void,
  work: (request: Request, errorOf: ErrorOf, limit: AbortSignal) => Promise<T>,
): Promise<T> => {
  const header = `${client.headerPrefix ?? contract.headerPrefix}Contract`;
  const limit = AbortSignal.any([signal, timeoutMs ? AbortSignal.timeout(timeoutMs) : signal]);
  limit.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    limit.onabort = () =>
      reject(signal.aborted ? signal.reason : toError(subject, noAnswer(limit.reason), "TIMEOUT"));
    const request = {
      headers: { ...headers, [header]: contract.hash },
      onSend: () => {
        limit.throwIfAborted();
        onSend();
      },
    };
    const errorOf = (answer: Answer, value?: unknown): MizanError | undefined => {
      const error =
        answer.status < 300 && value !== undefined ? undefined : toError(subject, answer);
      const hash = answer.headers?.get(header);
      if (hash && hash !== contract.hash) {
        client._told[hash] ??= client._emit({ type: "contract-changed", hash });
        // What is not there any more, or has another form, is explained by that.
        if (error && /^(VALIDATION_ERROR|NOT_FOUND|HTTP_2..)$/.test(error.code)) {
          return toError(subject, { ...answer, body: null, cause: error }, "CONTRACT_MISMATCH");
        }
      }
      return error;
    };
    work(request, errorOf, limit).then(resolve, reject);
  }).finally(() => {
    // Node keeps a signal that has a listener, also once its time is over.
    limit.onabort = null;
  });
};
