import type { Subject } from "../wire/answer.js";
import { MizanError } from "../wire/error.js";
import type { Core } from "./client.js";
import type { RequestOptions } from "./types.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Rejects as soon as the caller's signal aborts, with its reason, or the time is over, with `TIMEOUT`,
 * whatever becomes of the work. The work sees the same by its own signal, and may stop or run on.
 */
export async function limited<T>(
  core: Core,
  subject: Subject,
  { signal, timeoutMs = core.options.timeoutMs ?? DEFAULT_TIMEOUT_MS }: RequestOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  const expire = (): void =>
    controller.abort(
      new MizanError({
        ...subject,
        code: "TIMEOUT",
        status: 0,
        message: `No answer within ${timeoutMs} ms`,
        details: {},
      }),
    );
  const timer = timeoutMs ? setTimeout(expire, timeoutMs) : undefined;
  signal?.addEventListener("abort", abort);
  try {
    return await new Promise<T>((resolve, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
      work(controller.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
