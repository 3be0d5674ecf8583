/**
 * What handlers say of effects when their answer is made, as where a promise was not awaited: no client can be told
 * any more, but nothing stale may stay in the cache.
 */
import type { Exchange } from "../running/exchange.js";
import { Effects, type Invalidation } from "./effects.js";
import { purge } from "./purge.js";

/** `subject` is the function or view, for the log. */
export function purgeLate(
  { core, requestId }: Exchange,
  subject: string,
  entry: Invalidation,
): void {
  core.logger.warn(
    `mizan: ${subject} said what became stale after its answer, when the client can no longer be told: ` +
      "await what it does",
    { request_id: requestId },
  );
  const effects = new Effects();
  effects.invalidate(entry);
  void purge(core, effects);
}
