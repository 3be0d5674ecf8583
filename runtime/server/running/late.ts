/** Requests that are answered by somebody else than their handler, since that did not answer in time. */
import { shuttingDown, bodyStalled, type Refusal } from "../answer/refusal.js";
import type { Exchange } from "./exchange.js";
import { toInternal } from "./run.js";

/**
 * Why it is too late: the application's code took too long, the body does not come, or the server has closed
 * and its deadline has passed.
 */
export type Late = "handler" | "body" | "closing";

/** What the client is told. Logs what the application should know of. */
export function toLateRefusal(exchange: Exchange, subject: string, why: Late): Refusal {
  switch (why) {
    case "handler":
      return toInternal(exchange, subject, new Error("No answer within handlerTimeoutMs"));
    case "body":
      return bodyStalled;
    case "closing":
      exchange.core.logger.warn(`mizan: ${subject} was cut short, as the server is closing`, {
        request_id: exchange.requestId,
      });
      return shuttingDown;
  }
}
