/** What a driver of the cache does, and what it is told. */

/** The answer to a read, as text that can be sent. */
export type Bundle = {
  readonly body: string;
  /** A strong tag of the body, quoted as `ETag` has it. */
  readonly etag: string;
};

/** One bundle of one user (or of nobody), as a driver knows it. Made by a `ContextPlan`. */
export interface Entry {
  readonly plan: Plan;
  /** Differs from the name of every other entry; for use inside one process. */
  readonly name: string;
  /** `deriveCacheKey` of it, for a store that others can look into. */
  key(secret: string): string;
  /** The scopes it belongs to, that of the whole context (the empty text) first. */
  scopes(): readonly string[];
}

/** What all entries of one context have in common. */
export interface Plan {
  readonly context: string;
  /** Seconds for which an entry may be served. */
  readonly ttl: number;
  /**
   * Tells entries of different contracts apart: what was stored under another one is never served. Purges
   * reach both.
   */
  readonly contract: string;
  /** Tells plans apart that sort entries into different scopes. */
  readonly family: string;
}

/** What a purge makes unreachable: all entries of a context that have this scope. */
export type Scope = {
  readonly plan: Plan;
  /** Empty for the whole context. */
  readonly text: string;
};

export type Found = {
  readonly bundle: Bundle;
  /** It was there before it was asked for. */
  readonly hit: boolean;
};

/**
 * Makes the bundle. Null: what came of it is nobody's but the asker's, so that it is neither kept nor shared.
 * A rejection is not kept either, but everybody who waited for this load gets it.
 */
export type Loader = () => Promise<Bundle | null>;

/**
 * Promises, for all drivers: after `purge` resolved, no `load` that begins answers a bundle whose loader began
 * before that purge, in this process, and in every process that shares the store and can reach it; concurrent
 * loads of one entry run one loader; nothing is served for longer than its ttl; a store that is slow or away
 * costs a bounded time and is otherwise as if there were no cache.
 */
export interface Cache {
  /**
   * The stored bundle, or the loader's. Answers at once where it can. Null where the asker's own loader
   * answered null. Rejects only with what a loader rejected with.
   */
  load(entry: Entry, loader: Loader): Found | Promise<Found | null>;
  /** Makes everything under these scopes unreachable. Never rejects. */
  purge(scopes: readonly Scope[]): Promise<void>;
  /** Lets go of connections and memory. Loads afterwards go uncached. */
  close(): Promise<void>;
  /** Where to say what an application should know. Called once, before the first load. */
  logTo?(logger: CacheLogger): void;
  /** False while the store cannot be relied on, so that answers are made anew. */
  readonly available?: boolean;
}

export interface CacheLogger {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}
