/** The connection: made by ioredis, which is loaded when it is used, or handed in by the application. */
import type * as ioredis from "ioredis";

/** What is used of an ioredis `Redis` or `Cluster`. */
export interface RedisClient {
  /** `ready` when commands would be sent. */
  readonly status: string;
  evalsha(sha: string, keys: number, ...args: string[]): Promise<unknown>;
  eval(script: string, keys: number, ...args: string[]): Promise<unknown>;
  on(event: string, listener: (error: unknown) => void): unknown;
  off(event: string, listener: (error: unknown) => void): unknown;
  disconnect(): void;
  connect(): Promise<void>;
}

type Address = { readonly host: string; readonly port: number };

type Place<Url> =
  | { readonly url: Url; readonly connection?: object }
  | {
      readonly sentinels: readonly Address[];
      /** Of the master, as the sentinels know it. */
      readonly name: string;
      readonly connection?: object;
    }
  | { readonly cluster: readonly (Address | string)[]; readonly connection?: object }
  | { readonly client: RedisClient };

/**
 * Where Redis is. `connection` holds further options of ioredis (`password`, `tls`, …); for a cluster those of
 * `Cluster`. A client that is handed in stays the application's to close. A `url` that is not set is refused at
 * start.
 */
export type RedisPlace = Place<string | undefined>;

/** One whose URL was set. */
export type KnownPlace = Place<string>;

/**
 * A command that cannot be sent now fails now: what waits in a queue would be answered too late, and what is
 * sent again after a loss has been made good for otherwise.
 */
const AT_ONCE = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
} as const;

const LIMITS = {
  /** Milliseconds of silence after which a connection is dead, though nobody has closed it. */
  socketTimeout: 5000,
  /** Milliseconds for which the end of a connection may hold the process, as that of a server that is gone does. */
  disconnectTimeout: 100,
} as const;

/** From 50 ms to a second between attempts. */
const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 5), 1000);

const SHORTEST_STAY_MS = 1000;

/**
 * A master that was made a replica keeps its clients, and its name may lead to another server by now: so it is
 * left. Once a second at most, as the name may lead to a replica for good.
 */
function leavesReplicas(): (error: Error) => boolean {
  let leftAt = -Infinity;
  return ({ message }) => {
    // Redis before 7 puts words of its own before those of a command in a script.
    if (!message.includes("READONLY") || performance.now() - leftAt < SHORTEST_STAY_MS)
      return false;
    leftAt = performance.now();
    return true;
  };
}

/** Rejects where ioredis is not installed. */
export async function connect(place: KnownPlace): Promise<RedisClient> {
  if ("client" in place) return place.client;
  const { Redis, Cluster } = await loadLibrary();
  const { connection } = place;
  if ("cluster" in place) {
    const nodes = place.cluster.map((node) => (typeof node === "string" ? node : { ...node }));
    const { redisOptions, ...options }: { redisOptions?: object } = { ...connection };
    return new Cluster(nodes, {
      clusterRetryStrategy: retryStrategy,
      ...options,
      enableOfflineQueue: false,
      redisOptions: {
        ...LIMITS,
        ...redisOptions,
        maxRetriesPerRequest: 0,
        autoResendUnfulfilledCommands: false,
      },
    });
  }
  const reconnectOnError = leavesReplicas();
  const options = { retryStrategy, reconnectOnError, ...LIMITS, ...connection, ...AT_ONCE };
  if ("url" in place) return new Redis(place.url, options);
  return new Redis({ ...options, sentinels: [...place.sentinels], name: place.name });
}

/** An optional peer: an application without Redis need not have it. */
async function loadLibrary(): Promise<Pick<typeof ioredis, "Redis" | "Cluster">> {
  try {
    return await import("ioredis");
  } catch (cause) {
    throw new Error("redisCache needs the package ioredis: npm install ioredis", { cause });
  }
}
