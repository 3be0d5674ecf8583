/** Tells the application's log, once for each context, that its bundles are larger than what a cache keeps. */
import type { CacheLogger, Plan } from "./cache.js";

export class TooLarge {
  readonly #maxEntryBytes: number;
  readonly #told = new Set<string>();
  /** Null while nobody listens. */
  logger: CacheLogger | null = null;

  constructor(maxEntryBytes: number) {
    this.#maxEntryBytes = maxEntryBytes;
  }

  /** Whether a bundle of this size, counted as the driver counts, is too large to be kept. */
  is({ context }: Plan, bytes: number): boolean {
    if (bytes <= this.#maxEntryBytes) return false;
    if (this.logger !== null && !this.#told.has(context)) {
      this.#told.add(context);
      this.logger.warn(
        `mizan: an answer of the context ${context} is larger than the cache's maxEntryBytes, so that it is made ` +
          "anew for each read: raise that, or split the context",
        { bytes, max_entry_bytes: this.#maxEntryBytes },
      );
    }
    return true;
  }
}
