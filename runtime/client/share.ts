import { isObject, own, type JsonObject } from "../wire/json.js";

/**
 * `next`, with every part that is equal to the same part of `old` replaced by that one, so that what did
 * not change keeps its identity. Both are JSON.
 */
export function share(old: unknown, next: JsonObject): JsonObject;
export function share(old: unknown, next: unknown): unknown;
export function share(old: unknown, next: unknown): unknown {
  if (!isObject(old) || !isObject(next)) return next;
  if (JSON.stringify(old) === JSON.stringify(next)) return old;
  const parts = Object.entries(next).map(
    ([key, part]) => [key, share(own(old, key), part)] as const,
  );
  return Array.isArray(next) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}
