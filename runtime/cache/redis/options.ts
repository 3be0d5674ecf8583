/** What an application says about its Redis, checked before anything is connected. */
import { parseUrl } from "../../wire/url.js";
import { checkOptions, isPositiveInteger } from "../options.js";
import type { RedisPlace } from "./client.js";

export type RedisCacheOptions = RedisPlace & {
  /** At least 16 characters, the same in every process: keeps keys from being guessed out of params. */
  readonly secret: string;
  /** What keys begin with; default `mizan`. */
  readonly prefix?: string;
  /** Milliseconds that a request waits for Redis, before it goes on without; default 40. */
  readonly limitMs?: number;
  /** Bytes of a body above which it is not kept; default 1,048,576. */
  readonly maxEntryBytes?: number;
};

const SHORTEST_SECRET = 16;
const PLACES = ["url", "sentinels", "cluster", "client"] as const;

/** So that an absent one is checked, too. */
const NO_SECRET: object = { secret: null };

/** Throws a TypeError that names everything that is wrong. The secret and the URL are not repeated. */
export function checkRedisOptions(options: RedisCacheOptions): void {
  checkOptions(
    "redisCache",
    { ...NO_SECRET, ...options },
    {
      secret: (value) =>
        typeof value === "string" && value.length >= SHORTEST_SECRET
          ? null
          : `must have at least ${SHORTEST_SECRET} characters`,
      prefix: (value) =>
        typeof value === "string" && /^[\w.:-]+$/.test(value) ? null : "must be letters and digits",
      limitMs: isPositiveInteger,
      maxEntryBytes: isPositiveInteger,
      url: (value) => (isRedisUrl(value) ? null : "must look like redis://host:6379 or rediss://…"),
      sentinels: isFilledList,
      cluster: isFilledList,
      name: (value) => (typeof value === "string" && value !== "" ? null : "must name the master"),
      client: (value) =>
        typeof value === "object" && value !== null && "evalsha" in value
          ? null
          : "must be a client of ioredis",
      connection: (value) =>
        typeof value === "object" && value !== null ? null : "must hold options of ioredis",
    },
  );
  const given = PLACES.filter((place) => Object.hasOwn(options, place));
  if (given.length !== 1) {
    throw new TypeError(`redisCache: give one of ${PLACES.join(", ")}, not ${given.length}`);
  }
}

const isFilledList = (value: unknown): string | null =>
  Array.isArray(value) && value.length > 0 ? null : "must list at least one address";

function isRedisUrl(value: unknown): boolean {
  const url = typeof value === "string" ? parseUrl(value) : null;
  return /^rediss?:$/.test(url?.protocol ?? "") && url?.hostname !== "";
}
