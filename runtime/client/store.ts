/**
 * The context instances of one client, and how answers reach them: rules 4 to 7 of the ordering rules in
 * `spec/runtime.md`; numbers in comments are the rules'.
 *
 * Every change happens in a step: all states are assigned first, then each listener is called once; the
 * reads go out in the same tick, after both. So no listener ever sees half a step, and one that throws,
 * mounts or releases something disturbs nothing. Whatever is called from outside ends its step with
 * `finish`.
 */
import type { Answer, Body } from "../wire/answer.js";
import type { MizanError } from "../wire/error.js";
import { gather } from "./batch.js";
import type { Chain } from "./chain.js";
import type { Client, ClientOptions } from "./client.js";
import type { Description } from "./describe.js";
import type { AboutCall, Cause } from "./events.js";
import { BASE_URL } from "./http.js";
import type { Hydrated } from "./hydrate.js";
import type { Layer } from "./optimism.js";
import { createInstance, IDLE, type Instance, type State } from "./instance.js";
import { DEFAULT_GC_MS } from "./limits.js";
import { mayPass } from "./retry.js";

export interface Store {
  /**
   * @internal Applies the effects of a call's answer. `began` is the clock when the call was sent, negative if it
   * never was. `call` may also be `received`: effects of others, whose beginning is unknown here.
   */
  readonly _apply: (
    answer: Answer,
    error: MizanError | undefined,
    began: number,
    call: AboutCall | { readonly type: "received" },
    contract: Pick<ClientOptions, "headerPrefix">,
  ) => void;
  /** @internal Shows what a call is expected to change. */
  readonly _expect: <Drafts>(call: AboutCall, optimistic: (draft: Drafts) => void) => Promise<void>;
  /** @internal Applies effects of others. */
  readonly _receive: (body: Body) => void;
  /** Drops all data and all answers under way, and asks for what is mounted as another user. */
  readonly reset: () => void;
  /** @internal */
  readonly _observe: (description: Description) => Handle;
  /** @internal By key. */
  readonly _instances: ReadonlyMap<string, Instance>;
  /** @internal What instances begin with; null after a reset, when nothing is wanted any more. */
  _hydrated?: Hydrated | null;
  /** @internal Lists that are read page by page, by slot and first page. */
  _chains?: Map<string, Chain>;
  /** @internal Instances whose data was sent with a page. */
  _told?: Set<Instance>;
}

/** A `Watch`, as far as the store knows what is watched. */
export interface Handle {
  /** @internal */
  readonly _description: Description;
  readonly getState: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  readonly refetch: () => void;
  readonly retain: () => void;
  readonly release: () => void;
}

export const createStore = (client: Client): Store => {
  const instances = new Map<string, Instance>();
  const toCall = new Set<() => void>();
  /** When to look next for instances that nobody uses any more. */
  let sweepAt = 0;
  /** To other tabs, from the first mount until nothing is kept. */
  let tabs: BroadcastChannel | undefined;
  /** What they say is being done. */
  let isTold = false;
  /** An effect was received, or may have been, by calls before anything was kept here. */
  let isAffected = client._clock > 0;

  const finish = (): void => {
    const tasks = [...toCall];
    toCall.clear();
    // A listener that throws is reported, as a promise that nobody handled.
    tasks.forEach(async (task) => task());
  };

  const sweep = (): void => {
    for (const [key, { _isIdle: isIdle }] of instances) if (isIdle()) instances.delete(key);
  };

  /** The instance that a description is of, made where there is none. */
  const open = (description: Description): Instance => {
    const now = Date.now();
    // To look at all of them each time would cost the square of their number.
    if (now >= sweepAt || instances.get(description.key)?._isIdle()) {
      sweepAt = now + (client.gcMs ?? DEFAULT_GC_MS);
      sweep();
    }
    const instance =
      instances.get(description.key) ??
      createInstance(
        client,
        description,
        toCall,
        finish,
        store._hydrated?.(description, isAffected, true),
      );
    instances.set(description.key, instance);
    return instance;
  };

  const joinTabs = (): void => {
    try {
      // Named after the server, as that is whose data it is.
      tabs = new BroadcastChannel(`mizan ${client.baseUrl ?? BASE_URL}`);
      tabs.onmessage = ({ data }) => {
        // What others did is told once.
        isTold = true;
        if (data) store._receive(data);
        else client.reset();
        isTold = false;
      };
    } catch {
      // Not in jsdom; and a page that may not store anything may not tell others anything either.
    }
  };

  /** Whoever keeps nothing has nothing to be told of. An open channel would keep all of this for ever. */
  const leaveTabs = (): void => {
    sweep();
    if (instances.size) return;
    tabs?.close();
    tabs = undefined;
  };

  const store: Store = {
    _instances: instances,
    _apply: ({ status, headers, body }, error, began, call, contract) => {
      // 6: where the answer does not say whether the call was executed, everything may have changed.
      const isLost = error && began >= 0 && (status < 400 || mayPass(error));
      const cause: Cause = { type: isLost ? "answer-lost" : "call", ...call };
      if (cause.type === "answer-lost") client._emit(cause);
      // After a change of identity everything is asked for anyway.
      if (headers?.get(`${client.headerPrefix ?? contract.headerPrefix}Identity`) === "changed") {
        return client.reset();
      }
      // What this tab was told by others they tell each other.
      if (began >= 0 && (body?.merge || body?.invalidate)) {
        tabs?.postMessage({ merge: body.merge, invalidate: body.invalidate });
      }
      client._clock++;
      isAffected = true;
      gather(
        [...instances.values()].filter(({ _affect: affect }) => affect(body, began, cause, error)),
      );
      finish();
    },
    _receive: (body) =>
      store._apply({ status: 200, body }, undefined, -1, { type: "received" }, client),
    _expect: async (call, optimistic) => {
      try {
        optimistic(
          // Which contexts there are, the types say. Any other reaches no instance.
          new Proxy({} as Parameters<typeof optimistic>[0] & object, {
            get: (_, name: string) => (params: object, change: Layer["_change"]) => {
              for (const { _cover: cover } of instances.values()) cover(call, name, params, change);
            },
          }),
        );
      } finally {
        finish();
      }
    },
    reset: () => {
      client._clock++;
      store._hydrated = null;
      if (!isTold) tabs?.postMessage(null);
      client._emit({ type: "reset" });
      for (const { reset } of instances.values()) reset();
      finish();
    },
    // The description is this handle's own, so it stands for the handle among the watchers.
    _observe: (description) => ({
      _description: description,
      getState: () =>
        instances.get(description.key)?.getState() ??
        store._hydrated?.(description, isAffected) ??
        IDLE,
      subscribe: (listener) => open(description).subscribe(listener),
      refetch: () => open(description).refetch(),
      retain: () => {
        if (!tabs && client.tabs !== false && !client.transport && globalThis.document) joinTabs();
        open(description).retain(description);
      },
      release: () => {
        open(description).release(description);
        // Until then it is kept, and has to hear that it is old. Timers are not as exact as clocks.
        if (tabs) setTimeout(leaveTabs, (client.gcMs ?? DEFAULT_GC_MS) + 99);
      },
    }),
  };
  return store;
};
