import type { Effects } from "../wire/effects.js";
import type { Client } from "./client.js";
import { describe } from "./describe.js";
import { apply } from "./effects.js";
import { IDLE } from "./instance.js";
import { abandon, refetch, send, start } from "./reads.js";
import { reset } from "./reset.js";
import { finish, open, type Store } from "./store.js";
import type { Context, ContextState, Watch } from "./types.js";

/** Mounts the instance of a context with these params. Whoever calls must `release` it. */
export function watch<Params, Data>(
  client: Client,
  context: Context<Params, Data>,
  params?: Params,
): Watch<Data> {
  const handle = observe(client, context, params);
  handle.retain();
  return handle;
}

/**
 * A handle that has mounted nothing: for bindings, which learn of an instance while they render, and
 * mount it later. Making one changes nothing.
 */
export function observe<Params, Data>(
  client: Client,
  context: Context<Params, Data>,
  params?: Params,
): Watch<Data> {
  const store = storeOf(client);
  const description = describe(context, params);
  const { key } = description;
  let retained = false;
  return {
    // What a context holds is known to the contract alone, so this is where its word is taken.
    getState: () => (store.instances.get(key)?.state ?? IDLE) as ContextState<Data>,
    subscribe: (listener) => {
      // Each subscription is its own, even of one listener.
      const subscription = (): void => listener();
      const { listeners } = open(store, description);
      listeners.add(subscription);
      return () => listeners.delete(subscription);
    },
    refetch: () => {
      refetch(store, open(store, description), { type: "refetch" });
      finish(store);
    },
    retain: () => {
      if (retained) return;
      retained = true;
      const instance = open(store, description);
      instance.watchers++;
      client.emit({ type: "mount", key });
      const { status, isStale } = instance.state;
      if (!instance.read && (isStale || status !== "success")) {
        start(store, instance, { type: "mount" });
      }
      finish(store);
    },
    release: () => {
      if (!retained) return;
      retained = false;
      const instance = open(store, description);
      instance.watchers--;
      instance.leftAt = Date.now();
      client.emit({ type: "unmount", key });
      // StrictMode and changing keys mount the same instance again in this tick.
      queueMicrotask(() => {
        if (!instance.watchers) abandon(store, instance);
        finish(store);
      });
    },
  };
}

/** Applies effects of others, whose beginning is unknown here: merges only make stale. */
export function receive(client: Client, effects: Effects): void {
  if (client.store) apply(client.store, effects, -1, { type: "received" });
}

/** The store attaches at its first use. */
function storeOf(client: Client): Store {
  return (client.store ??= createStore(client));
}

function createStore(client: Client): Store {
  const store: Store = {
    client,
    instances: new Map(),
    changed: new Set(),
    outbox: [],
    send: (read) => send(store, read),
    apply: ({ body, headers }, began, cause, { headerPrefix }) => {
      // After a change of identity everything is asked for anyway.
      if (headers.get(`${client.headerPrefix ?? headerPrefix}Identity`) === "changed")
        client.reset();
      else apply(store, body, began, cause);
    },
    reset: () => reset(store),
  };
  return store;
}
