/**
 * Stands between a view's handler and the wire: whatever way the framework answers by, `opening` is called once,
 * just before the first byte, to set headers by the status that is known then. If it has to wait for something
 * (stale copies in caches), what the handler sends is held until that is done, and sent in order.
 *
 * Other layers do the same (sessions, compression): each wraps what it found, so the last one in speaks first,
 * and nobody takes off what somebody else may have wrapped meanwhile.
 */
import type { ServerResponse } from "node:http";

export interface AnswerGate {
  /** Something was sent, or is held: it is too late for another answer. */
  readonly begun: boolean;
  /** The handler has said all; it may be held yet. */
  readonly ended: boolean;
}

type Method = "writeHead" | "flushHeaders" | "write" | "end";

const SET_HEAD = ["setHeader", "setHeaders", "appendHeader", "removeHeader"] as const;

/** What node throws where it has sent the head: whoever answers twice is to be told at once, in its handler. */
const tooLate = (): never => {
  const message = "Cannot change headers after they are sent to the client";
  throw Object.assign(new Error(message), { code: "ERR_HTTP_HEADERS_SENT" });
};

/**
 * `opening` answers null where nothing has to be waited for; its promise must not reject. `failed` is told what
 * went wrong with something that was held, when nobody else can be: the response is destroyed then.
 */
export function createAnswerGate(
  response: ServerResponse,
  opening: (status: number) => Promise<void> | null,
  failed: (thrown: unknown) => void,
): AnswerGate {
  let state: "untouched" | "held" | "open" = "untouched";
  let hasEnded = false;
  let owesDrain = false;
  const held: (() => unknown)[] = [];

  let freed: () => void = () => undefined;

  const release = (): void => {
    state = "open";
    freed();
    // Nobody is there to read it, and whoever waits for `drain` hears `close`.
    if (response.destroyed) return;
    try {
      for (const operation of held) operation();
    } catch (thrown) {
      failed(thrown);
      response.destroy();
      return;
    }
    if (owesDrain && !hasEnded && !response.writableNeedDrain) response.emit("drain");
  };
  const hold = (waiting: Promise<void>): void => {
    state = "held";
    freed = asIfSent(response);
    void waiting.then(release);
  };
  const around = (name: Method, operation: () => unknown, first: unknown): unknown => {
    if (name === "end") hasEnded = true;
    if (state === "untouched") {
      const isStatus = name === "writeHead" && typeof first === "number";
      const waiting = opening(isStatus ? first : response.statusCode);
      if (waiting === null) state = "open";
      else hold(waiting);
    }
    if (state === "open") return operation();
    held.push(operation);
    if (name !== "write") return response;
    owesDrain = true;
    return false;
  };
  for (const name of ["writeHead", "flushHeaders", "write", "end"] as const) {
    const original: unknown = response[name];
    if (typeof original !== "function") continue;
    Object.defineProperty(response, name, {
      configurable: true,
      writable: true,
      value: (...args: readonly unknown[]) =>
        around(name, () => Reflect.apply(original, response, args), args[0]),
    });
  }
  return {
    get begun() {
      return state !== "untouched" || response.headersSent;
    },
    get ended() {
      return hasEnded || response.writableEnded;
    },
  };
}

/** The head looks settled, and is: answers what ends the look, and undoes what was assigned meanwhile. */
function asIfSent(response: ServerResponse): () => void {
  const { statusCode } = response;
  const before = SET_HEAD.map((name) => Object.getOwnPropertyDescriptor(response, name));
  Object.defineProperty(response, "headersSent", { configurable: true, get: () => true });
  for (const name of SET_HEAD) {
    Object.defineProperty(response, name, { configurable: true, writable: true, value: tooLate });
  }
  return () => {
    Reflect.deleteProperty(response, "headersSent");
    for (const [index, name] of SET_HEAD.entries()) {
      // What wrapped the method has it on the response itself; else it is the prototype's.
      Reflect.deleteProperty(response, name);
      const wrapped = before[index];
      if (wrapped !== undefined) Object.defineProperty(response, name, wrapped);
    }
    response.statusCode = statusCode;
  };
}
