import type { MizanError } from "../wire/error.js";

/** Whether trying again may help: no answer, or a 5xx that is neither a stub's nor a declared error. A gateway's has its status as its code. */
export const mayPass = (error?: MizanError): boolean =>
  /^(NETWORK|INTERNAL_ERROR|UNAVAILABLE|(HTTP_)?5(?!01)..)$/.test(error?.code ?? "");

/** The browser says that nothing can be sent. Where nobody says anything, everything can. */
export const isOffline = (): boolean => globalThis.navigator?.onLine === false;

/**
 * Tries until the answer is final, but at most `times` more: after 200 ms, 400 ms and so on, each ±50 %
 * so that clients that failed together do not come back together. `isFinal` may take longer. Not while offline.
 */
export const retrying = async <A>(
  attempt: () => Promise<A>,
  isFinal: (answer: A) => unknown,
  times: number,
  delayMs = 200,
): Promise<A> => {
  const answer = await attempt();
  if (!times || isOffline() || (await isFinal(answer))) return answer;
  await later(delayMs * (0.5 + Math.random()));
  return retrying(attempt, isFinal, times - 1, delayMs * 2);
};

export const later = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
