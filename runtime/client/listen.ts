/** What others may see of a client while it works: for devtools and tests. A page without it pays nothing for it. */
import type { Client } from "./client.js";
import type { ClientEvent } from "./events.js";
import type { ContextState } from "./types.js";

/**
 * Calls the listener with everything that happens in this client, in order and at once, beside the `onEvent` that
 * it was made with; the answer ends it. It sees a change being made, so it should take note and return: states are
 * whole when the step is over, which the end of the tick is late enough for. One that throws is reported, as a
 * promise that nobody handled, and disturbs nothing.
 */
export const listen = (client: Client, listener: (event: ClientEvent) => void): (() => void) => {
  // Each is its own, even of one listener.
  const subscription = (event: ClientEvent): void => listener(event);
  const listeners = (client._listeners ??= tap(client));
  listeners.add(subscription);
  return () => void listeners.delete(subscription);
};

/** Lets everybody in the answered set hear what the client emits from now on. */
const tap = (client: Client): Set<(event: ClientEvent) => void> => {
  const listeners = new Set<(event: ClientEvent) => void>();
  const { _emit: emit } = client;
  client._emit = (event) => {
    [...listeners].forEach(async (listener) => listener(event));
    return emit(event);
  };
  return listeners;
};

/** A context instance that a client keeps, mounted or not. */
export interface Instance {
  /** Its context, and its params by their canonical words, as events name it. */
  readonly key: string;
  /** The wire name of its context. */
  readonly context: string;
  /** The declared params that were given, as they were given. */
  readonly params: Readonly<Record<string, unknown>>;
  /** How many handles mount it. Without any it is not fetched, and forgotten after `gcMs`. */
  readonly watchers: number;
  readonly getState: () => ContextState<unknown>;
  /** Asks again, after the read under way if there is one. */
  readonly refetch: () => void;
}

/** What a client keeps at this moment, in the order in which it was first looked at. */
export const instances = (client: Client): readonly Instance[] =>
  [...(client._store?._instances.values() ?? [])].map(
    ({ _description: { key, context, params }, _watchers: watchers, getState, refetch }) => ({
      key,
      context: context.name,
      params,
      watchers: watchers.size,
      // Which data goes with which status, the instance sees to.
      getState: getState as () => ContextState<unknown>,
      refetch,
    }),
  );
