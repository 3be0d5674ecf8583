/**
 * The context instances of one client, and the step in which they change.
 *
 * Every change happens in a step: all states are assigned first, then each listener is called once, then
 * the requests go out. So no listener ever sees half a step, and a listener that throws, mounts or
 * releases something disturbs nothing.
 */
import type { Answer } from "../wire/answer.js";
import type { Client } from "./client.js";
import type { Description } from "./describe.js";
import type { Cause } from "./events.js";
import { createInstance, type Instance, type Read } from "./instance.js";
import type { Bundle } from "./read.js";
import type { ContextState, Contract } from "./types.js";

const DEFAULT_GC_MS = 5 * 60_000;

export interface Store {
  readonly client: Client;
  readonly instances: Map<string, Instance>;
  /** Changed in this step. */
  readonly changed: Set<Instance>;
  /** To be sent at the end of this step. */
  readonly outbox: Read[];
  readonly send: (read: Read) => void;
  /**
   * Applies the effects of a call's answer, or of one that was lost: everything. `began` is the clock when the call was sent.
   */
  readonly apply: (answer: Answer, began: number, cause: Cause, contract: Contract) => void;
  readonly reset: () => void;
}

/** The instance that a description is of, made where there is none. */
export function open(store: Store, description: Description): Instance {
  const { instances, client } = store;
  const oldest = Date.now() - (client.gcMs ?? DEFAULT_GC_MS);
  for (const [key, { watchers, listeners, leftAt }] of instances) {
    if (!watchers && !listeners.size && leftAt <= oldest) instances.delete(key);
  }
  const found = instances.get(description.key) ?? createInstance(description);
  instances.set(description.key, found);
  return found;
}

/** Changes what an instance shows, as part of a step. */
export function assign(store: Store, instance: Instance, state: ContextState<Bundle>): void {
  instance.state = state;
  store.changed.add(instance);
}

/** Ends a step. */
export function finish(store: Store): void {
  const changed = [...store.changed];
  store.changed.clear();
  const outbox = store.outbox.splice(0);
  for (const { listeners } of changed) for (const listener of [...listeners]) void call(listener);
  for (const read of outbox) if (read.instance.read === read) store.send(read);
}

/** A listener that throws is reported, as a promise that nobody handled, and disturbs no other. */
async function call(listener: () => void): Promise<void> {
  listener();
}
