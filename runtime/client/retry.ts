import { MizanError } from "../wire/error.js";

/** Longer than this nobody waits in front of a screen: the error is shown instead. */
const LONGEST_WAIT_MS = 30_000;

/** Whether trying again may help: no answer, or a 5xx that is neither a stub's nor a declared error. */
export function mayPass(error: unknown): boolean {
  return (
    error instanceof MizanError &&
    /^(NETWORK|INTERNAL_ERROR|UNAVAILABLE|HTTP_5(?!01)..)$/.test(error.code)
  );
}

/**
 * Tries up to `times` more, after 200 ms, 400 ms and so on, each ±50 % so that clients that failed
 * together do not come back together; or when the server asked for it.
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  times: number,
  delayMs = 200,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const wait = delayMs * (0.5 + Math.random());
    if (!times || !mayPass(error) || wait > LONGEST_WAIT_MS) throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return retrying(attempt, times - 1, delayMs * 2);
  }
}
