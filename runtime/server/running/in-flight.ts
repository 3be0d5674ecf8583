/**
 * The requests under way: so that closing can wait for them, and neither a handler that never answers nor a
 * client that never sends the rest of its body leaves anything waiting for ever.
 *
 * One timer for all of them looks a few times per limit, since a timer per request would cost more than
 * most handlers do. So a limit is kept to within a quarter of itself, or a half where a body stalls, as only
 * this timer sees when its last byte came.
 */
import type { Exchange } from "./exchange.js";
import type { Late } from "./late.js";

export interface Entry {
  readonly exchange: Exchange;
  /** Answers in place of the handler, or, where that was done before, breaks the connection. */
  readonly end: (why: Late) => void;
  /** How much of the body had come when it was looked at, and since when it is no more. */
  stalled?: { readonly received: number; readonly since: number };
}

export interface InFlight {
  readonly size: number;
  readonly closing: boolean;
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /**
   * Resolves when nothing is under way any more; nothing new should be added from now on. What is left after
   * `deadlineMs` is ended, and what is not even gone a second later is ended again.
   */
  close(deadlineMs: number): Promise<void>;
}

/** In milliseconds; 0 is no limit. */
export type TimeLimits = {
  /** From the moment the application's code began. */
  readonly handlerMs: number;
  /** Without a byte of a body that is still to come. */
  readonly bodyMs: number;
};

/** For clients to take what they were told at the deadline. */
const GRACE_MS = 1000;
/** What a timer can hold. */
const LONGEST_MS = 2 ** 31 - 1;

export function createInFlight({ handlerMs, bodyMs }: TimeLimits): InFlight {
  const entries = new Set<Entry>();
  const period = Math.min(handlerMs || Infinity, bodyMs || Infinity) / 4;
  let timer: NodeJS.Timeout | null = null;
  let closing = false;
  let onIdle: (() => void) | null = null;

  const sweep = (): void => {
    const now = performance.now();
    for (const entry of entries) {
      const { waitingSince } = entry.exchange;
      if (waitingSince !== null && handlerMs > 0 && now - waitingSince >= handlerMs) {
        entry.end("handler");
      } else if (bodyMs > 0 && hasStalled(entry, now, bodyMs)) entry.end("body");
    }
    if (entries.size === 0) stop();
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  const endAll = (): void => {
    for (const entry of entries) entry.end("closing");
  };

  return {
    get size() {
      return entries.size;
    },
    get closing() {
      return closing;
    },
    add(entry) {
      entries.add(entry);
      if (timer === null && period < Infinity) {
        timer = setInterval(sweep, Math.min(Math.max(period, 1), LONGEST_MS));
        timer.unref();
      }
    },
    remove(entry) {
      entries.delete(entry);
      if (entries.size === 0) onIdle?.();
    },
    close(deadlineMs) {
      closing = true;
      return new Promise((resolve) => {
        const timers = [deadlineMs, deadlineMs + GRACE_MS]
          .filter((ms) => ms <= LONGEST_MS)
          .map((ms) => setTimeout(endAll, ms));
        const previous = onIdle;
        onIdle = () => {
          stop();
          for (const each of timers) clearTimeout(each);
          previous?.();
          resolve();
        };
        if (entries.size === 0) onIdle();
      });
    },
  };
}

/** Whether nothing has come since it was looked at for the first time after the last byte, and that is long ago. */
function hasStalled(entry: Entry, now: number, limit: number): boolean {
  const received = entry.exchange.request.received ?? null;
  if (received === null) {
    delete entry.stalled;
    return false;
  }
  if (entry.stalled?.received !== received) entry.stalled = { received, since: now };
  return now - entry.stalled.since >= limit;
}
