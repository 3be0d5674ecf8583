/**
 * The server cache. For now only its key is here: what a context bundle is stored under.
 *
 * Words: a *key* names one bundle of one user; `rev` is a number that a contract raises by hand to abandon
 * what was stored before.
 */
export { deriveCacheKey, type CacheKeyInput } from "./derive-cache-key.js";
