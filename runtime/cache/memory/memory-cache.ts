/**
 * A cache in this process.
 *
 * An entry holds the generations of its scopes. A purge ends one generation, in one step; what held it is
 * never served again, and goes when it is asked for next or has become the least recently used.
 */
import type { Cache, Entry, Found, Loader } from "../cache.js";
import { withJitter } from "../jitter.js";
import { faultsOf, isPositiveInteger, throwFaults } from "../options.js";
import { Flights } from "../single-flight.js";
import { TooLarge } from "../too-large.js";
import { BoundedEntries, bytesOf } from "./bounded-entries.js";
import { areCurrent, Generations, type Generation } from "./generations.js";

export type MemoryCacheOptions = {
  /** Bytes of what is kept, counted as two per character; default 67,108,864. */
  readonly maxBytes?: number;
  /** Bytes above which one bundle is not kept; default an eighth of `maxBytes`. */
  readonly maxEntryBytes?: number;
};

export interface MemoryCache extends Cache {
  /** Forgets everything, as a purge of every scope would. */
  clear(): void;
  readonly size: number;
  readonly bytes: number;
}

/** Throws a TypeError that names what is wrong with the options. */
export const memoryCache = (options: MemoryCacheOptions = {}): MemoryCache =>
  createMemoryCache(options, { now: () => performance.now(), random: Math.random });

/** What tests put in place of the machine's: milliseconds, and numbers from 0 to below 1. */
export type Surroundings = { readonly now: () => number; readonly random: () => number };

const DEFAULT_BYTES = 64 * 1024 * 1024;

export function createMemoryCache(
  options: MemoryCacheOptions,
  { now, random }: Surroundings,
): MemoryCache {
  const checks = { maxBytes: isPositiveInteger, maxEntryBytes: isPositiveInteger };
  throwFaults("memoryCache", faultsOf(options, checks));
  const { maxBytes = DEFAULT_BYTES, maxEntryBytes = Math.floor(maxBytes / 8) } = options;
  const generations = new Generations();
  const entries = new BoundedEntries(maxBytes, (stored) => generations.release(stored.generations));
  const flights = new Flights<readonly Generation[]>();
  const tooLarge = new TooLarge(maxEntryBytes);
  let isClosed = false;

  function load(entry: Entry, loader: Loader): Found | Promise<Found | null> {
    const { name } = entry;
    const stored = entries.get(name);
    if (stored !== undefined) {
      if (areCurrent(stored.generations) && now() < stored.expiresAt) {
        entries.touch(stored);
        return stored.found;
      }
      entries.drop(stored);
    }
    return loadAnew(entry, loader);
  }

  async function loadAnew(entry: Entry, loader: Loader): Promise<Found | null> {
    const { name } = entry;
    const mark = flights.markOf(name);
    const joined = mark !== undefined && areCurrent(mark) ? flights.join(name, loader) : null;
    const bundle = await (joined ?? lead(entry, loader));
    return bundle && { bundle, hit: false };
  }

  function lead(entry: Entry, loader: Loader): ReturnType<Loader> {
    const { name, plan } = entry;
    const held = generations.hold(entry.scopes().map((text) => scopeName(plan.context, text)));
    // What is loaded is as old as its load.
    const expiresAt = now() + withJitter(plan.ttl * 1000, random());
    return flights.lead(name, held, loader, (bundle) => {
      const bytes = bundle === null ? 0 : bytesOf(name, bundle, held);
      if (bundle === null || tooLarge.is(plan, bytes) || isClosed || !areCurrent(held)) {
        generations.release(held);
        return;
      }
      entries.add({ name, found: { bundle, hit: true }, generations: held, expiresAt, bytes });
    });
  }

  function clear(): void {
    generations.endAll();
    entries.clear();
  }

  return {
    load,
    purge(scopes) {
      for (const { plan, text } of scopes) generations.end(scopeName(plan.context, text));
      return Promise.resolve();
    },
    close() {
      isClosed = true;
      clear();
      return Promise.resolve();
    },
    logTo(logger) {
      tooLarge.logger = logger;
    },
    clear,
    get size() {
      return entries.size;
    },
    get bytes() {
      return entries.bytes;
    },
  };
}

/** A scope's text holds no space. */
const scopeName = (context: string, scope: string): string => `${scope} ${context}`;
