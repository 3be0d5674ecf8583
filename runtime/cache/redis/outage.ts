/** Tells the application's log once that Redis is away, and once that it is back. */
import { own } from "../../wire/json.js";
import type { CacheLogger } from "../cache.js";

/** Milliseconds without trouble after which an outage is over: a store that flickers is one outage. */
const QUIET_MS = 1000;

export class Outage {
  readonly #affected = new Set<object>();
  readonly #quietMs: number;
  #logger: CacheLogger = console;
  #begunAt: number | null = null;
  #ending: NodeJS.Timeout | null = null;

  constructor(quietMs: number = QUIET_MS) {
    this.#quietMs = quietMs;
  }

  set logger(logger: CacheLogger) {
    this.#logger = logger;
  }

  /** Nobody lacks Redis at present. */
  get isOver(): boolean {
    return this.#affected.size === 0;
  }

  begin(affected: object, reason: unknown): void {
    this.#affected.add(affected);
    if (this.#ending !== null) clearTimeout(this.#ending);
    this.#ending = null;
    if (this.#begunAt !== null) return;
    this.#begunAt = performance.now();
    this.#logger.warn("mizan: Redis is slow or away; answers are made anew until it is back", {
      reason: toText(reason),
    });
  }

  end(affected: object): void {
    if (!this.#affected.delete(affected) || this.#affected.size > 0) return;
    this.#ending = setTimeout(() => {
      const since = this.#begunAt ?? performance.now();
      this.#begunAt = null;
      this.#logger.info("mizan: Redis is back; answers are cached again", {
        away_ms: Math.round(performance.now() - since),
      });
    }, this.#quietMs);
    this.#ending.unref();
  }

  close(): void {
    if (this.#ending !== null) clearTimeout(this.#ending);
    this.#affected.clear();
  }
}

/** A cluster's error says of its nodes only that all failed; one of several addresses has a code and no words. */
function toText(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  const last = own(reason, "lastNodeError");
  if (last instanceof Error) return `${reason.message} ${toText(last)}`;
  return reason.message || String(own(reason, "code") ?? reason.name);
}
