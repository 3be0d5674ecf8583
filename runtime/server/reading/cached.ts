/**
 * A read that the cache may answer. It stands behind every check, so nobody gets what they may not see, and in
 * front of every handler.
 */
import type { Bundle, Cache } from "../../cache/index.js";
import { internalError, type Refusal } from "../answer/refusal.js";
import type { Exchange } from "../running/exchange.js";
import type { CachePlan } from "./cache-plan.js";
import { load, type Deliver, type Loaded } from "./load.js";
import type { PreparedRead } from "./prepare.js";

/** A load that failed, on its way to all who wait for it. */
class ReadRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Slots are delivered while they are loaded; those of a bundle that was there, or is loaded for another, not. */
export async function readCached(
  read: PreparedRead,
  { entry }: CachePlan,
  cache: Cache,
  deliver: Deliver | null,
): Promise<Loaded> {
  const { exchange, inputs } = read;
  const own: { loaded: Loaded | null } = { loaded: null };
  const loader = async (): Promise<Bundle | null> => {
    const loaded = await Promise.race([load(read, deliver), abandoned(exchange)]);
    own.loaded = loaded;
    // What is said to one client alone, a cookie say, or failed because it left, is no answer to another.
    if (exchange.isPersonal) return null;
    if (loaded.refusal !== null) throw new ReadRefused(loaded.refusal);
    return loaded.bundle;
  };
  const user = exchange.user?.id ?? null;
  const values = inputs.map(([, input]) => input);
  try {
    const pending = cache.load(entry(values, user), loader);
    const found = pending instanceof Promise ? await pending : pending;
    if (found !== null) {
      return { refusal: null, bundle: found.bundle, cache: found.hit ? "HIT" : "MISS" };
    }
  } catch (thrown) {
    if (!(thrown instanceof ReadRefused)) throw thrown;
    return { refusal: thrown.refusal };
  }
  const loaded = own.loaded ?? (await load(read, deliver));
  return loaded.refusal === null ? { ...loaded, cache: "MISS" } : loaded;
}

/**
 * Once nobody waits for this request any more, nobody else should wait for its handlers: one that hangs would
 * hold up all who ask for the same.
 */
const abandoned = (exchange: Exchange): Promise<Loaded> =>
  new Promise((resolve) => {
    exchange.onAbandon(() => resolve({ refusal: internalError(exchange.requestId) }));
  });
