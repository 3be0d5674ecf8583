import type { Effects } from "../wire/effects.js";
import type { Client } from "./client.js";
import { describe } from "./describe.js";
import { createStore } from "./store.js";
import type { Context, Watch } from "./types.js";

/** Mounts the instance of a context with these params. Whoever calls must `release` it. */
export const watch = <Params, Data>(
  client: Client,
  context: Context<Params, Data>,
  params?: Params,
): Watch<Data> => {
  const handle = observe(client, context, params);
  handle.retain();
  return handle;
};

/**
 * A handle that has mounted nothing: for bindings, which learn of an instance while they render, and
 * mount it later. Making one changes nothing but that the store attaches to its client.
 */
export const observe = <Params, Data>(
  client: Client,
  context: Context<Params, Data>,
  params?: Params,
): Watch<Data> => {
  client._store ??= createStore(client);
  // What a context holds is known to its contract alone, so this is where its word is taken.
  return client._store._observe(describe(context, params)) as Watch<Data>;
};

/** Applies effects of others, whose beginning is unknown here: merges only make stale. */
export const receive = (client: Client, effects: Effects): void =>
  (client._store ??= createStore(client))._receive({ ...effects });
