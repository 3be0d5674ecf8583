/**
 * One request under way: what its checks found out, and what its handlers set beside their results.
 * Whatever most requests never ask for (id, signal, further headers) is made when it is asked for.
 */
import { randomUUID } from "node:crypto";
import type { Core } from "../core.js";
import type { Effects } from "../effects/effects.js";
import { createResponseHeaders, type CollectedHeaders } from "../answer/response-headers.js";
import type { Recording } from "../observing/recording.js";
import type { BaseUser } from "../register.js";
import type { UploadStore } from "../uploads/store.js";
import type { WireRequest } from "../wire.js";
import type { Late } from "./late.js";

/** An answer that is still being made while it is sent. */
export type Stream = {
  /** Settles once the last of it was handed on, or is read by nobody any more and no handler is waited for. */
  readonly over: Promise<void>;
  /** Since when only the client is waited for, as `startedAt`; null while handlers are. */
  readonly waitingSince: number | null;
  /** Whoever is waited for took too long: reads that are open end here, and who does not read is cut off. */
  end(why: Late): void;
};

export class Exchange {
  readonly core: Core;
  readonly request: WireRequest;
  /** Known once `identify` ran. */
  user: BaseUser | null = null;
  /** Whom a token header stands for, known once `authenticateToken` ran; null when there was none. */
  tokenUser: BaseUser | null = null;
  /** `ctx.app` */
  app: unknown = undefined;
  /** Milliseconds of `performance.now()` at which the application's own code began; null before. */
  startedAt: number | null = null;
  /** For the log: the function or context that is being served. */
  subject: string | null = null;
  /** Of the function being called, so that a failure from outside can still tell what became stale. */
  effects: Effects | null = null;
  /** Null for an answer that is made before it is sent. */
  stream: Stream | null = null;
  /** The files that came with it; null of a request without a form. */
  uploads: UploadStore | null = null;
  /** Null where nobody will hear of this request. */
  recording: Recording | null = null;
  /** Settles once it is known who sends this: `identify` answers it, and null if that was known at once. */
  identified: Promise<void> | null | undefined = undefined;
  /** Null of a request as it came; what `asNobody` answered knows the request it stands for. */
  readonly #whole: Exchange | null;
  #nobody: Exchange | null = null;
  #requestId: string | null = null;
  #headers: CollectedHeaders | null = null;
  #identityChanged = false;
  #isHeadMade = false;
  #abort: AbortController | null = null;
  #isAbandoned = false;
  #onAbandon: (() => void)[] | null = null;

  constructor(core: Core, request: WireRequest, whole: Exchange | null = null) {
    this.core = core;
    this.request = request;
    this.#whole = whole;
  }

  /** The same request as if nobody had sent it, for what must not depend on who asks. */
  asNobody(): Exchange {
    if (this.#nobody === null) {
      this.#nobody = new Exchange(this.core, this.request, this);
      this.#nobody.recording = this.recording;
    }
    return this.#nobody;
  }

  get isNobody(): boolean {
    return this.#whole !== null;
  }

  /** The application's own code begins: from now on its time counts. */
  start(): void {
    const whole = this.#whole ?? this;
    whole.startedAt ??= performance.now();
  }

  /** When that began which the answer waits for; null where nobody is waited for yet. */
  get waitingSince(): number | null {
    return this.stream?.waitingSince ?? this.startedAt;
  }

  get requestId(): string {
    return this.#whole?.requestId ?? (this.#requestId ??= givenId(this.request) ?? randomUUID());
  }

  /** Headers that handlers set; null when none did. */
  get collectedHeaders(): CollectedHeaders | null {
    return this.#headers;
  }

  get responseHeaders(): CollectedHeaders {
    if (this.#whole !== null) return this.#whole.responseHeaders;
    return (this.#headers ??= createResponseHeaders(this.core.headers.prefix, (name) =>
      this.#checkHead(`set the header ${name}`),
    ));
  }

  /** A handler said that somebody signed in or out. */
  get identityChanged(): boolean {
    return this.#identityChanged;
  }

  changeIdentity(): void {
    // The answer is the whole request's, also where the handler did not learn who sent it.
    const whole = this.#whole ?? this;
    whole.#identityChanged = true;
    whole.#checkHead("said that the identity changed");
  }

  /** What handlers say from now on stands in no head. */
  makeHead(): void {
    this.#isHeadMade = true;
  }

  /** Of a stream the head is out before its handlers run, and who ran out of time was told so. */
  #checkHead(said: string): void {
    if (!this.#isHeadMade || this.stream !== null || this.#isAbandoned) return;
    this.core.logger.warn(
      `mizan: ${this.subject ?? "a request"} ${said} after its answer had begun, so that the client ` +
        "is not told: await what does it",
      { request_id: this.requestId },
    );
  }

  get signal(): AbortSignal {
    if (this.#whole !== null) return this.#whole.signal;
    if (this.#abort === null) {
      const abort = new AbortController();
      this.#abort = abort;
      this.request.onAbort(() => abort.abort());
    }
    return this.#abort.signal;
  }

  /** Handlers said something that is for this client alone, or were told to stop. */
  get isPersonal(): boolean {
    const whole = this.#whole ?? this;
    return (
      whole.#headers !== null ||
      whole.#identityChanged ||
      whole.#isAbandoned ||
      whole.#abort?.signal.aborted === true
    );
  }

  /** Tells handlers to stop: nobody will read what they answer. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#abort?.abort();
    for (const listener of this.#onAbandon ?? []) listener();
  }

  /** Calls back once `abandon` was called: now, if it was. */
  onAbandon(listener: () => void): void {
    const whole = this.#whole ?? this;
    if (whole.#isAbandoned) listener();
    else (whole.#onAbandon ??= []).push(listener);
  }
}

/** What a proxy in front may have called the request; it must do no harm in a log, a header or an answer. */
const REQUEST_ID = /^[\w.:/+=@~-]{1,128}$/;

function givenId({ headers }: WireRequest): string | null {
  const given = headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : null;
}
