/**
 * What one answer does to the instances: rules 3, 4, 6 and 7 of the ordering rules in `spec/runtime.md`.
 *
 * Effects are read as they come, from a server that may be newer or broken: what cannot be read counts
 * as reaching everything, because too many refetches are harmless and too few are not.
 */
import { own } from "../wire/json.js";
import { gather } from "./batch.js";
import { agrees, determines, isBoxed } from "./describe.js";
import type { Cause } from "./events.js";
import type { Instance } from "./instance.js";
import type { Bundle } from "./read.js";
import { expireIn, overtake, start } from "./reads.js";
import { spliced } from "./splice.js";
import { assign, finish, type Store } from "./store.js";

/** See `Store.apply`. */
export function apply(store: Store, body: unknown, began: number, cause: Cause): void {
  const { client, instances } = store;
  const now = ++client.clock;
  const merged = new Map<Instance, Bundle>();
  let stale = new Set<Instance>();
  try {
    if (cause.type === "answer-lost") throw cause.error;
    for (const entry of entriesOf(body, "merge")) {
      const slot = String(own(entry, "slot"));
      for (const instance of reached(store, entry)) {
        const data = merged.get(instance) ?? instance.state.data;
        // Rule 3: after a newer answer or another call's effect, what this call saw may be old.
        const bundle =
          data && instance.changedAt <= began && !stale.has(instance)
            ? mergedBundle(instance, data, slot, entry)
            : undefined;
        if (bundle) {
          merged.set(instance, bundle);
          instance.mergedAt.set(slot, now);
        } else {
          stale.add(instance);
        }
        client.emit({ type: "merge", key: instance.key, slot, applied: Boolean(bundle), cause });
      }
    }
    for (const entry of entriesOf(body, "invalidate")) {
      for (const instance of reached(store, entry)) stale.add(instance);
    }
  } catch {
    stale = new Set(instances.values());
  }

  const touched = new Set([...merged.keys(), ...stale]);
  for (const instance of touched) {
    const { state, key } = instance;
    const data = merged.get(instance) ?? state.data;
    const isStale = state.isStale || stale.has(instance);
    instance.changedAt = instance.effectAt = now;
    instance.effectCause = cause;
    assign(
      store,
      instance,
      state.data && data ? { ...state, data, isStale } : { ...state, isStale },
    );
    if (stale.has(instance)) client.emit({ type: "invalidate", key, cause });
  }
  // First loads are shown as they come, so nobody waits for them.
  const together = [...stale].filter(({ watchers, state }) => watchers && state.data);
  gather(together, expireIn(store));
  for (const instance of touched) {
    if (instance.read) overtake(store, instance.read, cause);
    else if (stale.has(instance) && instance.watchers) start(store, instance, cause);
  }
  finish(store);
}

/** The instances that an entry of `merge` or `invalidate` is about. */
function reached({ instances }: Store, entry: unknown): Instance[] {
  const context = typeof entry === "string" ? entry : own(entry, "context");
  const fn = own(entry, "function");
  if (typeof context !== "string" && typeof fn !== "string") throw new TypeError("Unknown effect");
  return [...instances.values()].filter((instance) =>
    typeof fn === "string"
      ? Object.hasOwn(instance.context.slots, fn)
      : instance.context.name === context && agrees(instance, own(entry, "params")),
  );
}

/** The data with the entry applied, or undefined where it cannot be applied exactly. */
function mergedBundle(
  instance: Instance,
  data: Bundle,
  slot: string,
  entry: unknown,
): Bundle | undefined {
  const words = own(instance.context.slots, slot);
  if (typeof words !== "string" || !determines(instance, slot, own(entry, "params")))
    return undefined;
  const value = spliced(own(data, slot), entry, isBoxed(words));
  return value === undefined
    ? undefined
    : Object.fromEntries([...Object.entries(data), [slot, value]]);
}

function entriesOf(body: unknown, key: string): readonly unknown[] {
  const entries = own(body, key) ?? [];
  if (!Array.isArray(entries)) throw new TypeError("Unknown effects");
  return entries;
}
