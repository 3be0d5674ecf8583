/** What an application says about its Redis, checked before anything is connected. */
import { own } from "../../wire/json.js";
import { parseUrl } from "../../wire/url.js";
import { faultsOf, isPositiveInteger, throwFaults, type Check } from "../options.js";
import { repetitive } from "../secret.js";
import type { KnownPlace, RedisPlace } from "./client.js";

type Settings = {
  /** What keys begin with; default `mizan`. */
  readonly prefix?: string;
  /** Milliseconds that a request waits for Redis, before it goes on without; default 40. */
  readonly limitMs?: number;
  /** Bytes of a body above which it is not kept; default 1,048,576. */
  readonly maxEntryBytes?: number;
};

export type RedisCacheOptions = RedisPlace &
  Settings & {
    /** At least 16 characters, the same in every process: keeps keys from being guessed out of params. */
    readonly secret: string | undefined;
  };

/** Options with nothing missing. */
export type CheckedOptions = KnownPlace & Settings & { readonly secret: string };

const SHORTEST_SECRET = 16;
const PLACES = ["url", "sentinels", "cluster", "client"] as const;

const isAddress = (value: unknown): boolean => {
  const [host, port] = [own(value, "host"), own(value, "port")];
  return typeof host === "string" && host !== "" && isPositiveInteger(port) === null;
};

const isRedisUrl = (value: unknown): boolean => {
  const url = typeof value === "string" ? parseUrl(value) : null;
  return /^rediss?:$/.test(url?.protocol ?? "") && url?.hostname !== "";
};

const isListOf =
  (isElement: (value: unknown) => boolean, form: string): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every((element) => isElement(element))
      ? null
      : `must list addresses, as ${form}`;

const CHECKS: Readonly<Record<string, Check>> = {
  secret: (value) =>
    typeof value === "string" && value.length >= SHORTEST_SECRET
      ? repetitive(value)
      : `must have at least ${SHORTEST_SECRET} characters`,
  prefix: (value) =>
    typeof value === "string" && /^[\w.:-]+$/.test(value) ? null : "must be letters and digits",
  limitMs: isPositiveInteger,
  maxEntryBytes: isPositiveInteger,
  url: (value) => (isRedisUrl(value) ? null : "must look like redis://host:6379 or rediss://…"),
  sentinels: isListOf(isAddress, "{ host, port }"),
  cluster: isListOf(
    (node) => isAddress(node) || isRedisUrl(node),
    "{ host, port } or redis://host:6379",
  ),
  name: (value) => (typeof value === "string" && value !== "" ? null : "must name the master"),
  client: (value) =>
    typeof value === "object" && value !== null && "evalsha" in value
      ? null
      : "must be a client of ioredis",
  connection: (value) =>
    typeof value === "object" && value !== null ? null : "must hold options of ioredis",
};

/** Throws a TypeError that names everything that is wrong. The secret and the URL are not repeated. */
export function checkRedisOptions(options: RedisCacheOptions): asserts options is CheckedOptions {
  const places = PLACES.filter((place) => Object.hasOwn(options, place));
  const named = places.includes("sentinels") ? ["name"] : [];
  const faults = faultsOf(options, CHECKS, [...places, ...named, "secret"]);
  if (places.length !== 1) faults.push(`give one of ${PLACES.join(", ")}, not ${places.length}`);
  throwFaults("redisCache", faults);
}
