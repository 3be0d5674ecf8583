import type { Answer, Body } from "../wire/answer.js";

/** How a call or a read is to be sent. */
export interface Request {
  /** Those that this request has beside the transport's own; one of them names the contract that we speak for. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * To be called right before each attempt leaves for the server: the kernel orders answers by it, and
   * takes what never left for harmless. It throws when the attempt is no longer wanted; nothing may be
   * sent then.
   */
  readonly onSend: () => void;
}

/** A read may be broken off when the signal says so. */
export interface ReadRequest extends Request {
  readonly signal: AbortSignal;
  /**
   * There while somebody waits for the first values of an instance. A transport that has some slots before
   * the others tells it here, all that there are so far, as they travel.
   */
  readonly onPart?: ((bundle: Body) => void) | undefined;
}

/**
 * How requests reach a server. A transport carries; it does not judge: it resolves with whatever was
 * answered, and rejects (it never throws) where no answer can come. Errors, effects, retries and ordering
 * are the kernel's, so every transport has them.
 */
export interface Transport {
  /** Resolves with `{"result": …, "invalidate"?: …, "merge"?: …}` or an error envelope. */
  readonly call: (fn: string, args: unknown, request: Request) => Promise<Answer>;
  /** Resolves with the bundle or an error envelope. */
  readonly fetch: (
    context: string,
    params: Readonly<Record<string, unknown>>,
    request: ReadRequest,
  ) => Promise<Answer>;
}
