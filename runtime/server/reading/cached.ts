/**
 * A read that the cache may answer. It stands behind every check, so nobody gets what they may not see, and in
 * front of every handler.
 */
import type { Bundle, Cache, Found } from "../../cache/index.js";
import { internalError } from "../answer/refusal.js";
import type { Exchange } from "../running/exchange.js";
import type { CachePlan } from "./cache-plan.js";
import type { Soon } from "../running/soon.js";
import { toInternal } from "../running/run.js";
import { load, type Deliver, type Loaded } from "./load.js";
import type { PreparedRead } from "./prepare.js";
import { ReadRefused } from "./read-refused.js";

/** What the asker's own loader brought; null before, and where it never ran. */
type Own = { loaded: Loaded | null };

/** Slots are delivered while they are loaded; those of a bundle that was there, or is loaded for another, not. */
export function readCached(
  read: PreparedRead,
  { entry }: CachePlan,
  cache: Cache,
  deliver: Deliver | null,
): Soon<Loaded> {
  const { exchange, inputs } = read;
  const own: Own = { loaded: null };
  const loader = async (): Promise<Bundle | null> => {
    let loaded: Loaded;
    try {
      loaded = await Promise.race([load(read, deliver), abandoned(exchange)]);
    } catch (thrown) {
      // Whatever else comes out of a cache is the cache's own failure.
      loaded = { refusal: toInternal(exchange, read.context.name, thrown) };
    }
    own.loaded = loaded;
    // What is said to one client alone, a cookie say, or failed because it left, is no answer to another.
    if (exchange.isPersonal) return null;
    if (loaded.refusal !== null) throw new ReadRefused(loaded.refusal);
    return loaded.bundle;
  };
  const user = exchange.user?.id ?? null;
  const values = inputs.map(([, input]) => input);
  const found = cache.load(entry(values, user), loader);
  if (!(found instanceof Promise)) return toLoaded(found);
  return settle(found, own, () => load(read, deliver));
}

async function settle(
  pending: Promise<Found | null>,
  own: Own,
  loadAlone: () => Promise<Loaded>,
): Promise<Loaded> {
  try {
    const found = await pending;
    if (found !== null) return toLoaded(found);
  } catch (thrown) {
    if (!(thrown instanceof ReadRefused)) throw thrown;
    return { refusal: thrown.refusal };
  }
  const loaded = own.loaded ?? (await loadAlone());
  return loaded.refusal === null ? { ...loaded, cache: "MISS" } : loaded;
}

const toLoaded = ({ bundle, hit }: Found): Loaded => ({
  refusal: null,
  bundle,
  cache: hit ? "HIT" : "MISS",
});

/**
 * Once nobody waits for this request any more, nobody else should wait for its handlers: one that hangs would
 * hold up all who ask for the same.
 */
const abandoned = (exchange: Exchange): Promise<Loaded> =>
  new Promise((resolve) => {
    exchange.onAbandon(() => resolve({ refusal: internalError(exchange.requestId) }));
  });
