/** Who sends a request. */
import type { BaseUser } from "../register.js";
import type { Exchange } from "../running/exchange.js";
import { isObject } from "../values/own.js";

/** Asks the application who sends this, unless the answer must not depend on it. */
export async function identify(exchange: Exchange, anonymous = false): Promise<void> {
  const { core, request } = exchange;
  exchange.startedAt = performance.now();
  if (core.authenticate !== null && !anonymous) {
    exchange.user = toUser(await core.authenticate(request.native));
  }
  if (core.context !== null) exchange.app = await core.context(request.native, exchange.user);
}

function toUser(answered: unknown): BaseUser | null {
  if (answered === null || answered === undefined) return null;
  if (isUser(answered)) return answered;
  throw new TypeError("authenticate must answer null, or a user with an id (string or number)");
}

const isUser = (value: unknown): value is BaseUser =>
  isObject(value) && (typeof value["id"] === "string" || typeof value["id"] === "number");
