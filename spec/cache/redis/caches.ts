/** Caches of one Redis, each with its own connection, as those of several processes. */
import { redisCache, type Cache, type RedisPlace } from "@mizan/runtime/cache";
import { eventually } from "../../support/eventually.js";
import type { RedisCacheOptions } from "@mizan/runtime/cache";

export const SECRET = "a secret of the cache suites";

export type Line = {
  readonly level: "info" | "warn";
  readonly message: string;
  readonly fields?: object;
};

/** A cache that is connected, and what it logs. */
export async function openCache(
  place: RedisPlace,
  options: Partial<Omit<RedisCacheOptions, keyof RedisPlace>> = {},
): Promise<{ cache: Cache; lines: Line[] }> {
  const cache = redisCache({ ...place, secret: SECRET, ...options });
  const lines: Line[] = [];
  const line =
    (level: Line["level"]) =>
    (message: string, fields?: object): void => {
      lines.push({ level, message, ...(fields && { fields }) });
    };
  cache.logTo?.({ info: line("info"), warn: line("warn") });
  await ready(cache);
  return { cache, lines };
}

export const ready = (cache: Cache): Promise<void> =>
  eventually(() => {
    if (cache.available !== true) throw new Error("not connected");
  });
