import { isObject, type JsonObject } from "../wire/json.js";

/**
 * `next`, with every part that is equal to the same part of `old` replaced by that one, so that what did
 * not change keeps its identity. Both are JSON.
 */
export function share(old: unknown, next: JsonObject): JsonObject;
export function share(old: unknown, next: unknown): unknown;
export function share(old: unknown, next: unknown): unknown {
  if (!isObject(old) || !isObject(next) || Array.isArray(old) !== Array.isArray(next)) return next;
  const keys = Object.keys(next);
  const parts = keys.map((key) => share(Object.hasOwn(old, key) ? old[key] : undefined, next[key]));
  const same = keys.every((key, index) => Object.hasOwn(old, key) && old[key] === parts[index]);
  if (same && keys.length === Object.keys(old).length) return old;
  return Array.isArray(next)
    ? parts
    : Object.fromEntries(keys.map((key, index) => [key, parts[index]]));
}
