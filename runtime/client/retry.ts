import type { MizanError } from "../wire/error.js";

/** Longer than this nobody waits in front of a screen: the error is shown instead. */
const LONGEST_WAIT_MS = 30_000;

/** How an attempt went. Errors are values here, because the kernel still has to look at them. */
export type Outcome<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: MizanError };

/** Whether trying again may help: no answer, or a 5xx that is neither a stub's nor a declared error. */
export function mayPass(error: MizanError): boolean {
  return /^(NETWORK|INTERNAL_ERROR|UNAVAILABLE|HTTP_5(?!01)..)$/.test(error.code);
}

/**
 * Tries up to `retries` times more, after 200 ms, 400 ms and so on, each ±50 % so that clients that
 * failed together do not come back together; or when the server asked for it.
 */
export async function retrying<T>(
  retries: number,
  attempt: () => Promise<Outcome<T>>,
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const outcome = await attempt();
    const { error } = outcome;
    if (!error) return outcome.value;
    const wait = error.retryAfterMs || 200 * 2 ** tries * (0.5 + Math.random());
    if (tries >= retries || !mayPass(error) || wait > LONGEST_WAIT_MS || signal?.aborted)
      throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
