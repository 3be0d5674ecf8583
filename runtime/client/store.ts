/**
 * The context instances of one client, and what effects do to them: rules 3 to 7 of the ordering rules
 * in `spec/runtime.md`; numbers in comments are the rules'.
 *
 * Every change happens in a step: all states are assigned first, then each listener is called once, then
 * the reads go out. So no listener ever sees half a step, and one that throws, mounts or releases
 * something disturbs nothing. Whatever is called from outside ends its step with `finish`.
 *
 * Effects are read as they come, from a server that may be newer or broken: what cannot be read counts
 * as reaching everything, because too many refetches are harmless and too few are not.
 */
import type { Answer } from "../wire/answer.js";
import type { Effects } from "../wire/effects.js";
import type { MizanError } from "../wire/error.js";
import { own } from "../wire/json.js";
import { gather } from "./batch.js";
import type { Client } from "./client.js";
import { agrees, type Description } from "./describe.js";
import type { AboutCall, Cause } from "./events.js";
import { createInstance, IDLE, type Instance, type State, type Step } from "./instance.js";
import { mayPass } from "./retry.js";
import type { Contract } from "./types.js";

const DEFAULT_GC_MS = 300_000;

export interface Store {
  /**
   * Applies the effects of a call's answer. `began` is the clock when the call was sent, negative if it
   * never was.
   */
  readonly apply: (
    answer: Answer,
    error: MizanError | undefined,
    began: number,
    call: AboutCall,
    contract: Contract,
  ) => void;
  /** Applies effects of others, whose beginning is unknown here. */
  readonly receive: (effects: Effects) => void;
  /** Drops all data and all answers under way, and asks for what is mounted as another user. */
  readonly reset: () => void;
  readonly observe: (description: Description) => Handle;
}

/** A `Watch`, as far as the store knows what is watched. */
export interface Handle {
  readonly getState: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  readonly refetch: () => void;
  readonly retain: () => void;
  readonly release: () => void;
}

export function createStore(client: Client): Store {
  const instances = new Map<string, Instance>();
  let listeners = new Set<() => void>();
  let reads: (() => void)[] = [];

  const finish = (): void => {
    const [toCall, toSend] = [listeners, reads];
    listeners = new Set();
    reads = [];
    // One that throws is reported, as a promise that nobody handled.
    toCall.forEach(async (listener) => listener());
    for (const send of toSend) send();
  };
  const step: Step = {
    call: (listener) => listeners.add(listener),
    send: (read) => reads.push(read),
    finish,
  };

  /** The instance that a description is of, made where there is none. */
  const open = (description: Description): Instance => {
    const { key } = description;
    for (const [other, { watchers, listeners, leftAt }] of instances) {
      const isUsed = watchers.size || listeners.size;
      if (!isUsed && Date.now() - leftAt >= (client.gcMs ?? DEFAULT_GC_MS)) instances.delete(other);
    }
    const instance = instances.get(key) ?? createInstance(client, description, step);
    instances.set(key, instance);
    return instance;
  };

  /** Visits the instances that an entry of `merge` or `invalidate` is about. */
  const reach = (entry: unknown, visit: (instance: Instance, params: object) => void): void => {
    const context = typeof entry === "string" ? entry : own(entry, "context");
    const fn = own(entry, "function");
    const params = own(entry, "params") ?? {};
    if (!context && !fn) throw Error("Unknown effect");
    for (const instance of instances.values()) {
      const { name, slots } = instance.context;
      if (fn ? Object.hasOwn(slots, String(fn)) : name === context && agrees(instance, params)) {
        visit(instance, params);
      }
    }
  };

  const apply = (body: unknown, began: number, cause: Cause): void => {
    const now = ++client.clock;
    try {
      if (cause.type === "answer-lost") throw cause;
      for (const entry of entriesOf(body, "merge")) {
        reach(entry, (instance, params) => instance.merge(entry, params, began, cause));
      }
      for (const entry of entriesOf(body, "invalidate")) {
        reach(entry, (instance) => instance.age(cause));
      }
    } catch {
      for (const instance of instances.values()) instance.age(cause);
    }
    const reached = [...instances.values()].filter((instance) => instance.isReachedAt(now));
    gather(reached.filter((instance) => instance.isDue()));
    for (const instance of reached) instance.followUp(cause);
    finish();
  };

  const reset = (): void => {
    client.clock++;
    client.emit({ type: "reset" });
    for (const instance of instances.values()) {
      instance.abandon();
      instance.clear();
      if (instance.watchers.size) instance.refresh({ type: "reset" });
      else if (!instance.listeners.size) instances.delete(instance.key);
    }
    finish();
  };

  return {
    apply: ({ status, headers, body }, error, began, call, contract) => {
      const prefix = client.headerPrefix ?? contract.headerPrefix;
      // 6: where the answer does not say whether the call was executed, everything may have changed.
      const isLost = error && began >= 0 && (status < 400 || mayPass(error));
      if (isLost) client.emit({ type: "answer-lost", ...call });
      // After a change of identity everything is asked for anyway.
      if (headers.get(`${prefix}Identity`) === "changed") client.reset();
      else apply(body, began, { type: isLost ? "answer-lost" : "call", ...call });
    },
    receive: (effects) => apply(effects, -1, { type: "received" }),
    reset,
    observe: (description) => ({
      getState: () => instances.get(description.key)?.getState() ?? IDLE,
      subscribe: (listener) => {
        // Each subscription is its own, even of one listener.
        const subscription = (): void => listener();
        const instance = open(description);
        instance.listeners.add(subscription);
        return () => instance.listeners.delete(subscription);
      },
      refetch: () => {
        open(description).refetch({ type: "refetch" });
        finish();
      },
      // The description is this handle's own, so it stands for the handle among the watchers.
      retain: () => {
        const instance = open(description);
        instance.watchers.add(description);
        instance.note("mount");
        instance.refresh({ type: "mount" });
        finish();
      },
      release: () => {
        const instance = open(description);
        instance.watchers.delete(description);
        instance.leftAt = Date.now();
        instance.note("unmount");
        // StrictMode and changing keys mount the same instance again in this tick.
        queueMicrotask(() => {
          if (!instance.watchers.size) instance.abandon();
          finish();
        });
      },
    }),
  };
}

function entriesOf(body: unknown, key: string): readonly unknown[] {
  const entries = own(body, key) ?? [];
  if (!Array.isArray(entries)) throw Error("Unknown effects");
  return entries;
}
