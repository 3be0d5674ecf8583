/**
 * Listens to one client and keeps its timeline. Nothing is kept of what happened before.
 *
 * It costs the client little: an event is put down with the time and what its instance shows, and all that is made
 * of it waits for the next frame, when everybody who looks is told once. Of data it keeps no copy; it compares
 * slots by identity, and what it compares with is what the client holds itself.
 */
import type { Client } from "../client/client.js";
import type { ClientEvent } from "../client/events.js";
import type { Bundle } from "../client/read.js";
import { listen, type Instance } from "../client/listen.js";
import { receive } from "../client/watch.js";
import { own } from "../wire/json.js";
import { DEFAULT_LIMIT, reduce } from "./reduce.js";
import { refusalOf } from "./refusal.js";
import { EMPTY, type Moment, type Timeline } from "./timeline.js";

/** No more events wait for a frame: a page that is not seen draws none. */
const LONGEST_QUEUE = 2000;

export interface Recorder {
  readonly client: Client;
  /** The same object until something happened. */
  readonly getTimeline: () => Timeline;
  /** When each slot of an instance got the value that it shows, as far as that was seen. */
  readonly getChanges: (key: string) => ReadonlyMap<string, number>;
  /** Slots of an instance that show what a call is expected to change, and not what the server said. */
  readonly getExpected: (key: string) => readonly string[];
  /** The listener is called at most once per frame; the answer ends it. */
  readonly subscribe: (listener: () => void) => () => void;
  /** As if the server had said that an instance is stale: of whoever knows these params, and in other tabs, too. */
  readonly markStale: (instance: Pick<Instance, "context" | "params">) => void;
  /** Forgets what happened so far. */
  readonly clear: () => void;
  /** Ends it, and lets go of the client. */
  readonly stop: () => void;
}

export interface RecorderOptions {
  /** How many calls and reads are kept. Default 300. */
  readonly limit?: number | undefined;
}

/** What is remembered of an instance, to see what changes. */
interface Seen {
  slots: Bundle;
  readonly changes: Map<string, number>;
}

/**
 * Begins to record a client, for a panel of one's own, until `stop`. It shares nothing with other recorders of the
 * client; `record` has one that is shared. Throws nothing.
 */
export const createRecorder = (
  client: Client,
  { limit = DEFAULT_LIMIT }: RecorderOptions = {},
): Recorder => {
  let timeline = EMPTY;
  let queue: Moment[] = [];
  let isAwaited = false;
  let isStopped = false;
  let isByPanel = false;
  const listeners = new Set<() => void>();
  const seen = new Map<string, Seen>();
  const instanceOf = (key: string) => client._store?._instances.get(key);

  /** Compares an instance with what it showed before. Answers the slots that changed. */
  const look = (key: string, at: number): string[] => {
    const slots = instanceOf(key)?.getState().slots;
    if (!slots) {
      seen.delete(key);
      return [];
    }
    const known = seen.get(key) ?? { slots: {}, changes: new Map<string, number>() };
    seen.set(key, known);
    if (known.slots === slots) return [];
    const changed = Object.keys(slots).filter(
      (slot) => own(slots, slot) !== own(known.slots, slot) || !Object.hasOwn(known.slots, slot),
    );
    for (const slot of changed) known.changes.set(slot, at);
    known.slots = slots;
    return changed;
  };

  /** What of the instance is known only now. */
  const beside = (event: ClientEvent, at: number): Partial<Moment> => {
    if (!("key" in event)) return {};
    const { key } = event;
    const instance = instanceOf(key);
    const state = instance?.getState();
    switch (event.type) {
      case "fetch-start":
        look(key, at);
        if (state?.error) return { before: "failed" };
        return { before: !state?.data ? "nothing" : state.isStale ? "stale" : "fresh" };
      case "fetch-done":
        return { changed: look(key, at), isStale: state?.isStale ?? false };
      case "fetch-dropped":
        return { isUnwatched: !instance?._watchers.size };
      case "expect":
        queueMicrotask(() => look(key, at));
        return {};
      case "merge":
        // The step is made when this event is over.
        queueMicrotask(() => look(key, at));
        if (!instance || event.applied) return {};
        return event.cause?.type === "received"
          ? { refusal: { kind: "of-others" } }
          : { refusal: refusalOf(instance, event.effect, event.slot ?? "") };
      default:
        return {};
    }
  };

  const flush = (): void => {
    isAwaited = false;
    if (isStopped || queue.length === 0) return;
    const moments = queue;
    queue = [];
    timeline = reduce(timeline, moments, limit);
    // Of instances that the client has forgotten nothing is to be kept alive here.
    for (const key of seen.keys()) if (!instanceOf(key)) seen.delete(key);
    for (const listener of [...listeners]) listener();
  };

  const take = (event: ClientEvent): void => {
    const at = performance.now();
    queue.push({ event, at, isByPanel, ...beside(event, at) });
    if (queue.length >= LONGEST_QUEUE) return flush();
    if (isAwaited) return;
    isAwaited = true;
    (globalThis.requestAnimationFrame ?? setTimeout)(flush);
  };

  for (const key of client._store?._instances.keys() ?? []) look(key, performance.now());
  const unlisten = listen(client, take);

  return {
    client,
    getTimeline: () => timeline,
    getChanges: (key) => seen.get(key)?.changes ?? new Map(),
    getExpected: (key) => {
      const instance = instanceOf(key);
      const data = instance?.getState().data ?? {};
      const base = instance?._getBase();
      return Object.keys(data).filter((slot) => own(data, slot) !== own(base, slot));
    },
    subscribe: (listener) => {
      const subscription = (): void => listener();
      listeners.add(subscription);
      return () => void listeners.delete(subscription);
    },
    markStale: ({ context, params }) => {
      isByPanel = true;
      receive(client, { invalidate: [{ context, params }] });
      isByPanel = false;
    },
    clear: () => {
      queue = [];
      const { entries, nextId, resetAt, touches } = timeline;
      // What is under way will still end.
      const open = entries.filter(({ endedAt }) => endedAt === null);
      timeline = { ...EMPTY, entries: open, nextId, resetAt, touches };
      for (const listener of [...listeners]) listener();
    },
    stop: () => {
      isStopped = true;
      unlisten();
      queue = [];
      seen.clear();
      listeners.clear();
    },
  };
};

const recorders = new WeakMap<Client, { readonly recorder: Recorder; users: number }>();

/**
 * Records a client until the answer is called: before the panel is mounted, to have the first reads, too. Whoever
 * records a client meanwhile, the panel among them, shares it.
 */
export const record = (client: Client, options?: RecorderOptions): (() => void) => {
  const shared = recorders.get(client) ?? { recorder: createRecorder(client, options), users: 0 };
  recorders.set(client, shared);
  shared.users++;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    shared.users--;
    if (shared.users > 0) return;
    recorders.delete(client);
    shared.recorder.stop();
  };
};

/** Of a client that somebody records. */
export const recorderOf = (client: Client): Recorder | undefined => recorders.get(client)?.recorder;
