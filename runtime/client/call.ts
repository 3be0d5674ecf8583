import type { Client } from "./client.js";
import { exchange, take } from "./exchange.js";
import { limited } from "./limit.js";
import { mayPass } from "./retry.js";
import type { Contract, RequestOptions } from "./types.js";

/**
 * Calls a function. Its effects are applied before the promise settles, and also when the caller has
 * given up meanwhile: the server has done its work all the same. A call is never tried again.
 */
export function call(
  client: Client,
  contract: Contract,
  fn: string,
  boxed: boolean,
  args: object,
  options: RequestOptions,
): Promise<unknown> {
  const number = ++client.calls;
  return limited(client, { fn }, options, async (signal) => {
    let began = -1;
    client.emit({ type: "call-start", call: number, fn });
    const { value, error, body, isSomebodyElse } = await exchange(
      client,
      contract,
      { fn },
      options,
      (headers) =>
        client.transport.call(fn, args, {
          headers,
          onSend: () => {
            signal.throwIfAborted();
            began = client.clock;
          },
        }),
      (answer) => take(answer, "result", boxed),
    );
    // Executed or not: where the answer does not say, everything may have changed.
    const lost = error && began >= 0 && (error.status < 400 || mayPass(error));
    const end = { type: lost ? "answer-lost" : "call-done", call: number, fn, error } as const;
    client.emit(end);
    if (isSomebodyElse) client.reset();
    else if (began >= 0) client.store?.apply(lost ? undefined : (body ?? null), began, end);
    if (error) throw error;
    return value;
  });
}
