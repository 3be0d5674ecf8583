/**
 * Time and chance for the model: a queue of things that will happen, and one seeded source of numbers
 * for everything that is drawn. While a run lasts, the globals that the kernel takes time and chance
 * from are the world's.
 */
import { createRandom } from "../../../spec/support/random.js";

export interface World {
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Milliseconds since the run began. */
  readonly now: () => number;
  /** Has something happen later; the answer calls it off. */
  readonly after: (delayMs: number, happening: () => void) => () => void;
  /** Lets things happen until nothing is left, and calls `check` after each. False: it does not end. */
  readonly run: (check: () => void) => Promise<boolean>;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Far more than any run needs: what passes it asks without end. */
const MOST_HAPPENINGS = 20_000;

const { setImmediate } = globalThis;

export function createWorld(seed: number): World {
  const random = createRandom(seed);
  let queue: Happening[] = [];
  let now = 0;
  let order = 0;
  return {
    random,
    chance: (probability) => random() < probability,
    pick: (items) => {
      const item = items[Math.floor(random() * items.length)];
      if (item === undefined) throw new Error("Nothing to pick from");
      return item;
    },
    now: () => now,
    after: (delayMs, run) => {
      const happening = { at: now + Math.max(0, delayMs), order: order++, run };
      const next = queue.findIndex(({ at }) => at > happening.at);
      queue.splice(next < 0 ? queue.length : next, 0, happening);
      return () => {
        queue = queue.filter((other) => other !== happening);
      };
    },
    run: async (check) => {
      for (let count = 0; count < MOST_HAPPENINGS; count++) {
        const happening = queue.shift();
        if (!happening) return true;
        now = happening.at;
        happening.run();
        // All promises that this settles, and those that they settle.
        await new Promise((resolve) => setImmediate(resolve));
        check();
      }
      return false;
    },
  };
}

/** Makes the world's time and chance the kernel's until the answer is called. */
export function enter(world: World): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const { random } = Math;
  const { stackTraceLimit } = Error;
  const restoreSignals = lightenSignals();
  const timers = new Map<unknown, () => void>();
  let last = 0;
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, delayMs?: number) => {
      // What is no number is no delay, as everywhere; the kernel counts on it.
      timers.set(++last, world.after(delayMs || 0, callback));
      return last;
    },
    clearTimeout: (timer: unknown) => {
      timers.get(timer)?.();
      timers.delete(timer);
    },
  });
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (delayMs) => {
    const limit = new AbortController();
    world.after(delayMs, () => limit.abort(new DOMException("Too late", "TimeoutError")));
    return limit.signal;
  };
  Date.now = world.now;
  Math.random = world.random;
  // Runs make errors by the thousand, and nobody reads where.
  Error.stackTraceLimit = 0;
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
    Math.random = random;
    Error.stackTraceLimit = stackTraceLimit;
    AbortSignal.timeout = timeout;
    restoreSignals();
  };
}

/**
 * Replaces `AbortSignal.any`, which costs more than all else in a run, by what follows its signals and lets go of
 * none of them: they end with the run. The answer undoes it.
 */
export function lightenSignals(): () => void {
  const { any } = AbortSignal;
  const never = new AbortController().signal;
  AbortSignal.any = (signals) => {
    const joined = new Set([...signals].filter((signal) => signal !== never));
    const [only = never, ...others] = joined;
    if (!others.length) return only;
    const following = new AbortController();
    for (const signal of joined) {
      const follow = (): void => following.abort(signal.reason);
      if (signal.aborted) follow();
      else signal.addEventListener("abort", follow);
    }
    return following.signal;
  };
  return () => {
    AbortSignal.any = any;
  };
}
