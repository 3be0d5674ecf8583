/**
 * What a server rendered a page from, brought to the page's own client, so that nothing has to be asked for again.
 * A page without it pays for no more than two lookups in the store.
 *
 * A snapshot waits until an instance is looked at, as only its context says what it should hold. It never goes
 * over what an instance has or has asked for: nobody can say here which of the two is newer. For the same reason
 * it counts as old once this client heard of any effect, and is shown until the server has said more.
 *
 * Snapshots come out of the page, so they are believed as little as an answer: what does not fit is left out.
 */
import { isObject, own } from "../wire/json.js";
import type { Client } from "./client.js";
import { describe, type Description } from "./describe.js";
import { IDLE, type Instance, type State } from "./instance.js";
import { DEFAULT_GC_MS } from "./limits.js";
import type { Bundle } from "./read.js";
import { createStore, type Store } from "./store.js";
import type { Context } from "./types.js";

/** What instances showed, as JSON. Only the same version of this package reads it. */
export interface Snapshot {
  readonly contexts: readonly SnapshotEntry[];
}

interface SnapshotEntry {
  /** Hash of the contract that says what the data means. */
  readonly contract: string;
  /** Which instance: its context, and its params by their canonical words. */
  readonly key: string;
  /** Value by slot. */
  readonly data: Bundle;
  /** It was old already. */
  readonly isStale: boolean;
}

declare global {
  /** The list that scripts of `snapshotScript` leave on a page, for `hydrate`. */
  // oxlint-disable-next-line no-var -- it is a property of the window
  var __MIZAN_SSR_DATA__: unknown;
}

/** Everything that the client shows. */
export const dehydrate = (client: Client): Snapshot =>
  toSnapshot(client._store?._instances.values() ?? []);

/** What the client shows and was not answered here before: of a page that is sent part by part, the next part. */
export const dehydrateNews = (client: Client): Snapshot => {
  const store = (client._store ??= createStore(client));
  const told = (store._told ??= new Set());
  const news = [...store._instances.values()].filter(
    (instance) => instance.getState().data && !told.has(instance),
  );
  for (const instance of news) told.add(instance);
  return toSnapshot(news);
};

/**
 * A snapshot of one read, for where something was fetched and nothing is kept: server components, loaders of a router.
 * `data` is what `fetchUserContext(params)` answered.
 */
export const snapshotOf = <Params, Data extends object>(
  context: Context<Params, Data>,
  params: Params,
  data: Data,
): Snapshot => ({
  contexts: [
    {
      contract: context.contract.hash,
      key: describe(context, params).key,
      data: Object.fromEntries(Object.entries(data)),
      isStale: false,
    },
  ],
});

/** Of some instances, those that have data. */
const toSnapshot = (instances: Iterable<Instance>): Snapshot => ({
  contexts: [...instances].flatMap(
    ({ _description: { key, context }, _getBase: getBase, getState }) => {
      const data = getBase();
      const { isStale } = getState();
      return data ? [{ contract: context.contract.hash, key, data, isStale }] : [];
    },
  ),
});

/**
 * Hands a snapshot to a client, or a list of them such as `window.__MIZAN_SSR_DATA__`, before anything is mounted;
 * what scripts push to that list later is taken too. Anything else, undefined among it, is ignored. So is what
 * comes after a `reset`, as it was another user's.
 */
export const hydrate = (client: Client, snapshot: unknown): void => {
  const store = (client._store ??= createStore(client));
  const takeAll = (snapshots: readonly unknown[]): void => {
    for (const one of snapshots) take(client, store, one);
  };
  if (!Array.isArray(snapshot)) return takeAll([snapshot]);
  takeAll(snapshot);
  const { push } = snapshot;
  // Of a list that nobody can add to, this is all there is.
  Reflect.defineProperty(snapshot, "push", {
    configurable: true,
    writable: true,
    value: (...more: unknown[]): number => {
      takeAll(more);
      return Reflect.apply(push, snapshot, more);
    },
  });
};

const take = (client: Client, store: Store, snapshot: unknown): void => {
  const entries = own(snapshot, "contexts");
  if (!Array.isArray(entries) || store._hydrated === null) return;
  const hydrated = (store._hydrated ??= createHydrated(client));
  for (const entry of entries) {
    const key = own(entry, "key");
    if (typeof key !== "string" || store._instances.has(key)) continue;
    hydrated._put(`${own(entry, "contract")} ${key}`, {
      data: own(entry, "data"),
      isStale: own(entry, "isStale") !== false || isFromHistory(),
      at: Date.now(),
    });
  }
};

/**
 * The page was opened by Back, or with a tab that was restored. Then browsers show what they kept of it, however old,
 * and ask nobody; only of what was fetched anew they say a size.
 */
const isFromHistory = (): boolean => {
  // Not in jsdom.
  const entries = globalThis.performance?.getEntriesByType?.("navigation") ?? [];
  const [navigation] = entries as readonly Partial<PerformanceNavigationTiming>[];
  return navigation?.type === "back_forward" && !navigation.transferSize;
};

interface Waiting {
  readonly data: unknown;
  readonly isStale: boolean;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  /** Made of it when it was first looked at, as states keep their identity until something changes. */
  readonly state?: State;
}

/**
 * What came in snapshots and was not asked for yet, as a store sees it: the state that an instance begins with.
 * `isAffected`: this client heard of effects. `isTaken`: from now on the instance has it.
 */
export interface Hydrated {
  (description: Description, isAffected: boolean, isTaken?: boolean): State | undefined;
  /** @internal */
  readonly _put: (name: string, waiting: Waiting) => void;
}

const createHydrated = (client: Client): Hydrated => {
  const all = new Map<string, Waiting>();

  const stateOf = (name: string, description: Description, isAffected: boolean): State | null => {
    const waiting = all.get(name);
    // As long as an instance that nobody watches.
    if (!waiting || Date.now() - waiting.at > (client.gcMs ?? DEFAULT_GC_MS)) return null;
    const isStale = isAffected || waiting.isStale;
    if (waiting.state?.isStale === isStale) return waiting.state;
    const data = waiting.state?.data ?? toBundle(description, waiting.data);
    if (!data) return null;
    const status = "success";
    const state = { ...IDLE, data, slots: data, status, isStale, updatedAt: waiting.at } as const;
    all.set(name, { ...waiting, state });
    return state;
  };

  const find = (description: Description, isAffected: boolean, isTaken?: boolean) => {
    const name = `${description.context.contract.hash} ${description.key}`;
    const state = stateOf(name, description, isAffected);
    if (isTaken) all.delete(name);
    // Newer than whatever was sent until now: what such a call merges may be older.
    if (isTaken && state) client._clock++;
    return state ?? undefined;
  };
  return Object.assign(find, {
    _put: (name: string, waiting: Waiting): void => void all.set(name, waiting),
  });
};

/** Undefined where a slot is missing. */
const toBundle = ({ context }: Description, data: unknown): Bundle | undefined => {
  const slots = Object.keys(context.slots);
  if (!isObject(data) || slots.some((slot) => own(data, slot) === undefined)) return undefined;
  return Object.fromEntries(slots.map((slot) => [slot, own(data, slot)]));
};

/**
 * The text of a script that leaves a snapshot on the page. Made to stand in `<script>…</script>`: nothing in it
 * ends that element or begins another, whatever the data says.
 */
export const snapshotScript = (snapshot: Snapshot): string => {
  // As a text for JSON.parse, not as an object: there, `__proto__` would be no name like others.
  const text = JSON.stringify(JSON.stringify(snapshot)).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `(self.__MIZAN_SSR_DATA__??=[]).push(JSON.parse(${text}))`;
};
