import { noAnswer, toError, type Subject } from "../wire/answer.js";
import type { Client } from "./client.js";
import type { Contract, RequestOptions } from "./types.js";

/**
 * What calls and reads have in common: the headers that say for which contract we speak, and a limit.
 *
 * Rejects as soon as the caller's signal aborts, with its reason, or the time is over, with `TIMEOUT`,
 * whatever becomes of the work. The work sees the same by its own signal, and may stop or run on.
 */
export async function exchange<T>(
  client: Client,
  contract: Contract,
  subject: Subject,
  { signal, timeoutMs = client.timeoutMs ?? 30_000, headers }: RequestOptions,
  work: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.any(
    [signal ?? [], timeoutMs ? AbortSignal.timeout(timeoutMs) : []].flat(),
  );
  limit.throwIfAborted();
  return new Promise((resolve, reject) => {
    limit.onabort = () =>
      reject(signal?.aborted ? signal.reason : toError(subject, noAnswer(limit.reason), "TIMEOUT"));
    work(
      { ...headers, [`${client.headerPrefix ?? contract.headerPrefix}Contract`]: contract.hash },
      limit,
    ).then(resolve, reject);
  });
}
