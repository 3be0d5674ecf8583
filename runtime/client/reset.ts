import { disband } from "./batch.js";
import { IDLE } from "./instance.js";
import { abandon, start } from "./reads.js";
import { assign, finish, type Store } from "./store.js";

/** Drops all data and all answers under way, and asks for what is mounted as the new user. */
export function reset(store: Store): void {
  const { client, instances } = store;
  const now = ++client.clock;
  client.emit({ type: "reset" });
  // First, or the instances that are dropped one by one would set the others' answers free.
  for (const { batch } of instances.values()) if (batch) disband(batch);
  for (const instance of instances.values()) {
    abandon(store, instance);
    assign(store, instance, IDLE);
    // A call of the last user that is answered later merges into nothing.
    instance.changedAt = instance.effectAt = now;
    instance.overtakings = 0;
    if (instance.watchers) start(store, instance, { type: "reset" });
    else if (!instance.listeners.size) instances.delete(instance.key);
  }
  finish(store);
}
