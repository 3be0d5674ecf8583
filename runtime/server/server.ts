import type { ContractDefinition } from "./definition.js";
import type { ExpressMiddleware } from "./adapters/express.js";
import type { WireRequest, WireResponse } from "./exchange.js";
import type { ServerOptions } from "./options.js";

/** A running server, without the sockets: those belong to the application. */
export interface Mizan {
  /** For `app.use("/api/mizan", mizan.router)`, Express 4.21 and 5. */
  readonly router: ExpressMiddleware;
  /** Answers one request; never rejects. What adapters for other frameworks call. */
  handle(request: WireRequest): Promise<WireResponse>;
  /** Refuses new requests with 503 and resolves when those under way have been answered. */
  close(): Promise<void>;
}

export function createServer(
  contract: ContractDefinition,
  handlers: object,
  options?: ServerOptions,
): Mizan {
  throw new TypeError(`not built yet: ${contract.hash} ${typeof handlers} ${typeof options}`);
}
