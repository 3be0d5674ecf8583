import type { Answer } from "../wire/answer.js";

export interface Request {
  readonly headers: Readonly<Record<string, string>>;
  /**
   * To be called right before each attempt leaves for the server: the kernel orders answers by it, and
   * takes what never left for harmless. It throws when the attempt is no longer wanted; nothing may be
   * sent then.
   */
  readonly onSend: () => void;
}

/**
 * How requests reach a server. A transport carries; it does not judge: it resolves with whatever was
 * answered, and rejects (it never throws) where no answer can come. Errors, effects, retries and ordering
 * are the kernel's, so every transport has them.
 */
export interface Transport {
  /** Resolves with `{"result": …, "invalidate"?: …, "merge"?: …}` or an error envelope. */
  readonly call: (fn: string, args: unknown, request: Request) => Promise<Answer>;
  /** Resolves with the bundle or an error envelope. A read may be broken off when the signal says so. */
  readonly fetch: (
    context: string,
    params: Readonly<Record<string, unknown>>,
    request: Request & { readonly signal: AbortSignal },
  ) => Promise<Answer>;
}
