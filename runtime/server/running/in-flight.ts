/**
 * The requests under way: so that closing can wait for them, and a handler that never answers does not
 * leave its client waiting for ever.
 *
 * One timer for all of them looks a few times per limit, since a timer per request would cost more than
 * most handlers do. So a limit is kept to within a quarter of itself.
 */
import type { Exchange } from "./exchange.js";

type Entry = { readonly exchange: Exchange; readonly expire: () => void };

export interface InFlight {
  readonly closing: boolean;
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** Resolves when nothing is under way any more; nothing new should be added from now on. */
  close(): Promise<void>;
}

/** `limit` in milliseconds from the moment the application's code began; 0 is no limit. */
export function createInFlight(limit: number): InFlight {
  const entries = new Set<Entry>();
  let timer: NodeJS.Timeout | null = null;
  let closing = false;
  let onIdle: (() => void) | null = null;

  const sweep = (): void => {
    const now = performance.now();
    for (const entry of entries) {
      const { waitingSince } = entry.exchange;
      if (waitingSince !== null && now - waitingSince >= limit) entry.expire();
    }
    if (entries.size === 0) stop();
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    get closing() {
      return closing;
    },
    add(entry) {
      entries.add(entry);
      if (timer === null && limit > 0) {
        timer = setInterval(sweep, Math.max(limit / 4, 1));
        timer.unref();
      }
    },
    remove(entry) {
      entries.delete(entry);
      if (entries.size === 0) onIdle?.();
    },
    close() {
      closing = true;
      return new Promise((resolve) => {
        const previous = onIdle;
        onIdle = () => {
          stop();
          previous?.();
          resolve();
        };
        if (entries.size === 0) onIdle();
      });
    },
  };
}
