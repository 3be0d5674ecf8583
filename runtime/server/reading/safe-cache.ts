/**
 * The cache a server uses: whatever it is given, one that breaks its promises is told of in the log, and neither
 * fails a request nor ends the process.
 */
import type { Bundle, Cache, Found } from "../../cache/index.js";
import type { Logger } from "../log.js";
import { isRecord } from "../values/own.js";
import { ReadRefused } from "./read-refused.js";

/** `load` of what this answers rejects with a `ReadRefused` of a loader, and with nothing else. */
export function toSafeCache(cache: Cache, logger: Logger): Cache {
  const made = async (loading: Promise<Bundle | null>): Promise<Found | null> => {
    const bundle = await loading;
    return bundle && { bundle, hit: false };
  };
  return {
    load(entry, loader) {
      // The loader may have run before the cache failed: it runs once for whoever asks.
      let loading: Promise<Bundle | null> | null = null;
      const loadOnce = (): Promise<Bundle | null> => (loading ??= loader());
      const makeAnew = (thrown: unknown): Promise<Found | null> => {
        if (thrown instanceof ReadRefused) throw thrown;
        logger.error("mizan: cache.load failed, so an answer was made without the cache", {
          context: entry.plan.context,
          error: thrown,
        });
        return made(loadOnce());
      };
      try {
        const found: unknown = cache.load(entry, loadOnce);
        // A hit that is there at once is not waited for.
        if (isFound(found)) return found;
        return Promise.resolve(found).then((late) => {
          if (late === null || isFound(late)) return late;
          return makeAnew(new TypeError("cache.load answered neither a bundle nor null"));
        }, makeAnew);
      } catch (thrown) {
        return makeAnew(thrown);
      }
    },
    async purge(scopes) {
      try {
        await cache.purge(scopes);
      } catch (error) {
        logger.error(
          "mizan: cache.purge failed, so what became stale may be served until its ttl",
          {
            contexts: [...new Set(scopes.map(({ plan }) => plan.context))],
            error,
          },
        );
      }
    },
    async close() {
      try {
        await cache.close();
      } catch (error) {
        logger.error("mizan: cache.close failed", { error });
      }
    },
    get available() {
      return cache.available !== false;
    },
  };
}

function isFound(value: unknown): value is Found {
  if (!isRecord(value) || !isRecord(value["bundle"])) return false;
  const { body, etag } = value["bundle"];
  return typeof body === "string" && typeof etag === "string";
}
