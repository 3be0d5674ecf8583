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
  { core }: Client,
  contract: Contract,
  fn: string,
  boxed: boolean,
  args: object,
  options: RequestOptions,
): Promise<unknown> {
  return limited(core, { fn }, options, async (signal) => {
    const about = { call: ++core.calls, fn };
    let began: number | undefined;
    core.emit({ type: "call-start", ...about });
    const { value, error, body, identityChanged } = await exchange(
      core,
      contract,
      { fn },
      options,
      (headers) =>
        core.transport.call(fn, args, {
          headers,
          onSend: () => {
            signal.throwIfAborted();
            began = core.clock;
          },
        }),
      (answer) => take(answer, "result", boxed),
    );
    if (identityChanged) {
      core.reset();
    } else if (began !== undefined) {
      // Executed or not: where the answer does not say, everything may have changed.
      const lost = error && (mayPass(error) || error.status < 400);
      if (lost) core.emit({ type: "answer-lost", ...about });
      core.store?.apply(lost ? undefined : (body ?? null), began, {
        type: lost ? "answer-lost" : "call",
        ...about,
      });
    }
    core.emit({ type: "call-done", ...about, error });
    if (error) throw error;
    return value;
  });
}
