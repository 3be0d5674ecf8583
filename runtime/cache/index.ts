/**
 * The server cache: bundles of contexts, kept until they are old or an effect reaches them.
 *
 * Does: keep what loaders bring, run one loader for all who ask at once, and make unreachable what a purge
 * names. Does not: know requests, guards or effects. Those are the server's, which asks here after every check
 * and before any handler.
 *
 * Invariants: what a load brings that began before a purge is never kept after it, as its generation is settled
 * before it starts; a purge costs the same however much it reaches; a store that is away costs a bounded time.
 *
 * Words: a *bundle* is the answer of one context; an *entry* is one of them by params and user; a *plan* is what
 * the entries of a context share; a *scope* is what a purge names; a *generation* of a scope lasts from one of
 * its purges to the next.
 */
export type { Bundle, Cache, CacheLogger, Entry, Found, Loader, Plan, Scope } from "./cache.js";
export {
  ContextPlan,
  type EffectParams,
  type ParamKind,
  type ParamValues,
  type PlanInput,
} from "./context-plan.js";
export { deriveCacheKey, type CacheKeyInput } from "./derive-cache-key.js";
export { memoryCache, type MemoryCache, type MemoryCacheOptions } from "./memory/memory-cache.js";
export { redisCache } from "./redis/redis-cache.js";
export type { RedisClient, RedisPlace } from "./redis/client.js";
export type { RedisCacheOptions } from "./redis/options.js";
