/** What is written down of one request while it is served. */
import { DeclaredError, NotImplemented, Refused } from "../answer/failures.js";
import type { Refusal } from "../answer/refusal.js";
import type { CompiledFunction } from "../compiled.js";
import type { Effects } from "../effects/effects.js";
import type { Loaded } from "../reading/load.js";
import type { Exchange } from "../running/exchange.js";
import type { Soon } from "../running/soon.js";
import type { HandlerTiming, ReadTiming, RequestEvent, RequestKind } from "./request-event.js";
import type { RequestSpan } from "./tracing.js";

export class Recording {
  kind: RequestKind = "other";
  readonly #exchange: Exchange;
  readonly #span: RequestSpan | null;
  readonly #tell: ((event: RequestEvent) => void) | null;
  readonly #startedAt = performance.now();
  readonly #handlers: HandlerTiming[] = [];
  readonly #reads: ReadTiming[] = [];
  #authMs: number | null = null;
  #code: string | null = null;
  #isAborted = false;
  #isBroken = false;
  #isFinished = false;

  /** `tell` gets the event at the end, the span all the same. */
  constructor(
    exchange: Exchange,
    span: RequestSpan | null,
    tell: ((event: RequestEvent) => void) | null,
  ) {
    this.#exchange = exchange;
    this.#span = span;
    this.#tell = tell;
    if (span !== null || tell !== null) {
      exchange.request.onAbort(() => (this.#isAborted = !this.#isFinished && !this.#isBroken));
    }
  }

  /** Runs what serves the request, so that whatever it starts belongs to its span. */
  within<Result>(run: () => Result): Result {
    return this.#span === null ? run() : this.#span.within(run);
  }

  /** It is known who asks. */
  identified(): void {
    const { startedAt } = this.#exchange;
    if (startedAt !== null) this.#authMs = performance.now() - startedAt;
  }

  refused({ code }: Refusal): void {
    this.#code = code;
  }

  /** What had begun to be sent is broken off by the server, for this. */
  brokeOff(refusal: Refusal): void {
    this.refused(refusal);
    this.#isBroken = true;
  }

  /** Runs the handler of a function that was asked for. Rejects as `run` does. */
  async handler<Result>(fn: CompiledFunction, run: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    let code: string | null = null;
    try {
      return await this.called(fn, run);
    } catch (thrown) {
      code = codeOf(fn, thrown);
      throw thrown;
    } finally {
      this.#handlers.push({ name: fn.name, durationMs: since(startedAt), code });
    }
  }

  /** The same for one that a handler called: part of its caller to all but the trace. */
  called<Result>(fn: CompiledFunction, run: () => Promise<Result>): Promise<Result> {
    if (this.#span === null) return run();
    return this.#span.handler(fn.name, run, (thrown) => codeOf(fn, thrown));
  }

  /** One read of a context. `name` is as the client wrote it. */
  async read(name: string, run: () => Soon<Loaded>): Promise<Loaded> {
    const startedAt = performance.now();
    const loaded = await run();
    const context = this.#exchange.core.contract.contexts.has(name) ? name : null;
    const result =
      loaded.refusal === null
        ? { cache: loaded.cache, code: null }
        : { cache: null, code: loaded.refusal.code };
    this.#reads.push({ context, durationMs: since(startedAt), ...result });
    return loaded;
  }

  /** For `Server-Timing`: what took how long until now. */
  toServerTiming(): string {
    const entries = [`mizan;dur=${since(this.#startedAt)}`];
    if (this.#authMs !== null) entries.push(`auth;dur=${rounded(this.#authMs)}`);
    const [read] = this.#reads;
    if (read?.cache) entries.push(`cache;desc=${read.cache};dur=${read.durationMs}`);
    for (const { name, durationMs } of this.#handlers) entries.push(`${name};dur=${durationMs}`);
    return entries.slice(0, MOST_ENTRIES).join(", ");
  }

  /** The answer is out, or as good as. What comes later is not told. */
  finish(status: number, effects: Effects | null): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    if (this.#span === null && this.#tell === null) return;
    const event = this.#toEvent(status, effects);
    this.#span?.end(event);
    this.#tell?.(event);
  }

  #toEvent(status: number, effects: Effects | null): RequestEvent {
    const { core, request, requestId, subject } = this.#exchange;
    const { kind } = this;
    const isBatch = kind === "batch";
    const [read] = this.#reads;
    const said = status >= 400 ? effects?.afterFailure() : effects;
    const isNamed = kind !== "other" && !isBatch && subject !== null;
    return {
      kind,
      name: isNamed && isInContract(core.contract, subject) ? subject : null,
      method: request.method,
      status,
      code: this.#code ?? (isBatch ? null : (read?.code ?? null)),
      durationMs: since(this.#startedAt),
      requestId,
      cache: isBatch ? null : (read?.cache ?? null),
      ...namesOf(said ?? null),
      handlers: this.#handlers,
      reads: isBatch ? this.#reads : [],
      aborted: this.#isAborted,
    };
  }
}

/** A header that is longer than this helps nobody, and is refused by some. */
const MOST_ENTRIES = 40;

/** Microseconds are the most that means anything. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
const since = (startedAt: number): number => rounded(performance.now() - startedAt);

type Contract = Exchange["core"]["contract"];

const isInContract = ({ functions, contexts, views }: Contract, name: string): boolean =>
  functions.has(name) ||
  contexts.has(name) ||
  views.some(({ definition }) => definition.name === name);

function namesOf(effects: Effects | null): Pick<RequestEvent, "invalidated" | "merged"> {
  const invalidated = new Set<string>();
  const merged = new Set<string>();
  for (const entry of effects?.reached() ?? []) {
    if ("function" in entry) invalidated.add(`${entry.function}()`);
    else if ("slot" in entry) merged.add(`${entry.context}.${String(entry.slot)}`);
    else invalidated.add(entry.context);
  }
  return { invalidated: [...invalidated], merged: [...merged] };
}

/** The code that the client is told for what a handler threw. */
function codeOf(fn: CompiledFunction, thrown: unknown): string {
  if (thrown instanceof DeclaredError && fn.payloads.has(thrown.definition)) return thrown.code;
  if (thrown instanceof NotImplemented) return "NOT_IMPLEMENTED";
  return thrown instanceof Refused ? thrown.refusal.code : "INTERNAL_ERROR";
}
