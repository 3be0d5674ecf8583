/**
 * Reading a context, as single reads, streams and batches share it.
 *
 * Does: check (`prepare.ts`), run (`load.ts`), and write down what came of it (`bundle.ts`). Does not: know
 * how the read was asked for or how it will be answered; that is for `../endpoints`.
 *
 * Words: a *prepared read* has passed every check; a *bundle* is its answer; a *slot* is one function's part
 * of it. `readBundle` is the only way from the one to the other, so the cache, which stands there, stands in
 * front of every read, and behind every guard.
 */
import { readCached } from "./cached.js";
import type { Deliver, Loaded } from "./load.js";
import { load } from "./load.js";
import type { Soon } from "../running/soon.js";
import type { PreparedRead } from "./prepare.js";

/**
 * Slots may be delivered as they come, in any order, each at most once; those that were not are in the bundle
 * all the same. Answers at once where a cache can. Rejects only where code of ours is wrong.
 */
export function readBundle(read: PreparedRead, deliver: Deliver | null = null): Soon<Loaded> {
  const { cache } = read.exchange.core;
  const plan = read.context.cachePlan;
  return cache === null || plan === null
    ? load(read, deliver)
    : readCached(read, plan, cache, deliver);
}
