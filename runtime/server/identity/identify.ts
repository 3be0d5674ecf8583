/** Who sends a request. */
import type { BaseUser } from "../register.js";
import type { Exchange } from "../running/exchange.js";
import { isRecord } from "../values/own.js";

/**
 * Asks the application who sends this, unless a token said so or the answer must not depend on it; once per
 * exchange. Null where there is nothing to wait for.
 */
export function identify(exchange: Exchange): Promise<void> | null {
  if (exchange.identified === undefined) exchange.identified = begin(exchange);
  return exchange.identified;
}

function begin(exchange: Exchange): Promise<void> | null {
  const { core } = exchange;
  exchange.start();
  if (core.authenticate !== null || core.context !== null) return ask(exchange);
  exchange.user = exchange.isNobody ? null : exchange.tokenUser;
  exchange.recording?.identified();
  return null;
}

async function ask(exchange: Exchange): Promise<void> {
  const { core, request, tokenUser } = exchange;
  if (!exchange.isNobody) {
    exchange.user = tokenUser;
    if (tokenUser === null && core.authenticate !== null) {
      exchange.user = toUser(await core.authenticate(request.native), "authenticate");
    }
  }
  if (core.context !== null) exchange.app = await core.context(request.native, exchange.user);
  exchange.recording?.identified();
}

/** What the application answered as a user. Throws a TypeError that names `option` for anything else. */
export function toUser(answered: unknown, option: string): BaseUser | null {
  if (answered === null || answered === undefined) return null;
  if (isUser(answered)) return answered;
  throw new TypeError(`${option} must answer null, or a user with an id (string or finite number)`);
}

/** Everybody without a real id would be one and the same to a cache. */
const isUser = (value: unknown): value is BaseUser =>
  isRecord(value) && (typeof value["id"] === "string" || Number.isFinite(value["id"]));
