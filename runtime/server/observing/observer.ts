/**
 * What an application gets to see of its requests: one event each (`onRequest`), spans (OpenTelemetry), and, for
 * whoever develops, `Server-Timing`.
 *
 * Does: begin a recording for a request that somebody will hear of. Does not: cost anything where nobody will;
 * then there is no recording, and everything behind looks at a null.
 *
 * Invariants: what is told holds nothing of users, params, results or messages; a listener that fails does not
 * fail the request.
 */
import type { Logger } from "../log.js";
import type { Exchange } from "../running/exchange.js";
import { Recording } from "./recording.js";
import type { RequestEvent } from "./request-event.js";
import type { StartSpan } from "./tracing.js";

export interface Observer {
  /** Answers carry `Server-Timing`. */
  readonly showsTiming: boolean;
  /** Begins to record if anybody will hear of it: `exchange.recording` is set then, and answered. */
  begin(exchange: Exchange): Recording | null;
}

export type Observing = {
  readonly onRequest: ((event: RequestEvent) => unknown) | null;
  readonly showsTiming: boolean;
  /** Null where the application wants no spans. */
  readonly startSpan: StartSpan | null;
};

/** Null where nothing will ever be recorded. */
export function createObserver(
  { onRequest, showsTiming, startSpan }: Observing,
  logger: Logger,
): Observer | null {
  if (onRequest === null && startSpan === null && !showsTiming) return null;
  const tell = onRequest === null ? null : toSafe(onRequest, logger);
  return {
    showsTiming,
    begin(exchange) {
      const span = startSpan === null ? null : startSpan(exchange.request.headers);
      if (span === null && tell === null && !showsTiming) return null;
      return (exchange.recording = new Recording(exchange, span, tell));
    },
  };
}

/** A listener may be asynchronous: its failure must end neither the request nor the process. */
function toSafe(
  onRequest: (event: RequestEvent) => unknown,
  logger: Logger,
): (event: RequestEvent) => void {
  const failed = (error: unknown): void => logger.error("mizan: onRequest failed", { error });
  return (event) => {
    try {
      const answered = onRequest(event);
      if (answered !== undefined) Promise.resolve(answered).catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}
