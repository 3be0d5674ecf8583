/**
 * One context instance: when it is asked for, which answer is shown, and what effects do to it. It keeps
 * rules 1 to 3 of the ordering rules in `spec/runtime.md`, in the words used there; numbers in comments
 * are the rules'.
 *
 * All that is here happens within a step of the store, which calls listeners at its end. Reads are sent
 * after it, in the same tick.
 * What an instance remembers are variables, not properties: their names cost a page nothing. So all that
 * reads or changes them stands in one place, which makes this file long.
 *
 * Effects are read as they come, from a server that may be newer or broken: what cannot be read counts
 * as reaching everything, because too many refetches are harmless and too few are not.
 */
import type { MizanError } from "../wire/error.js";
import type { Answer, SentEntry } from "../wire/answer.js";
import { own } from "../wire/json.js";
import { hold, leave, type Member } from "./batch.js";
import type { Client } from "./client.js";
import { agrees, determines, type Description } from "./describe.js";
import type { AboutCall, Cause, InstanceEvent } from "./events.js";
import { BURST, DEFAULT_GC_MS, LATEST, PACE_MS, PATIENCE, SLOWED_MS } from "./limits.js";
import type { Layer } from "./optimism.js";
import { read as ask, type Bundle } from "./read.js";
import { later } from "./retry.js";
import { share } from "./share.js";
import { spliced } from "./splice.js";
import type { Judge } from "./turn.js";

/** What a `ContextState` is made of, whatever its status. */
export interface State {
  readonly data: Bundle | null;
  readonly slots: Bundle;
  readonly status: "idle" | "loading" | "success" | "error";
  readonly error: MizanError | null;
  readonly isFetching: boolean;
  readonly isStale: boolean;
  readonly updatedAt: number;
}

/** What an instance shows that nobody has asked for. */
export const IDLE: State = {
  data: null,
  slots: {},
  status: "idle",
  error: null,
  isFetching: false,
  isStale: false,
  updatedAt: 0,
};

export interface Instance extends Member {
  /** @internal */
  readonly _description: Description;
  /** @internal Each stands for whoever mounts it. */
  readonly _watchers: ReadonlySet<unknown>;
  readonly getState: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks now, or once more after the read under way. */
  readonly refetch: () => void;
  /** Asks if what is there will not do. `watcher` stands for whoever mounts the instance. */
  readonly retain: (watcher: unknown) => void;
  readonly release: (watcher: unknown) => void;
  /** @internal What the server said, without what is only expected. */
  readonly _getBase: () => Bundle | null;
  /** @internal Shows what a call is expected to change, where `name` and `params` say that it is here. */
  readonly _cover: (
    call: AboutCall,
    name: string,
    params: object,
    change: Layer["_change"],
  ) => void;
  /**
   * @internal Applies what an answer says of this instance, whose call was sent when the clock was `sentAt`, and
   * failed with `error`. True: somebody sees that it is old.
   */
  _affect: (body: Answer["body"], sentAt: number, cause: Cause, error?: MizanError) => boolean;
  /** @internal A slot after an entry of the answer at hand, where the lists that it is a page of say so. */
  _splice?: (effect: SentEntry, value: unknown) => unknown;
  /** @internal The lists that it is a page of. */
  _judges?: Set<Judge>;
  /** Forgets what it shows and what is under way, and asks anew if it is mounted. */
  readonly reset: () => void;
  /** @internal Nobody uses it, and nobody did for long. */
  readonly _isIdle: () => boolean;
}

/**
 * `toCall` takes the listeners to be called when the step ends; `finish` ends it. `state` is there where somebody
 * brought data.
 */
export const createInstance = (
  client: Client,
  description: Description,
  toCall: Set<() => void>,
  finish: () => void,
  state: State = IDLE,
): Instance => {
  const { context, _sent: params, key } = description;
  const listeners = new Set<() => void>();
  const watchers = new Set<unknown>();
  /** When the last of them left, in milliseconds since the epoch. */
  let leftAt = Date.now();
  /** Reads begun lately; one is forgotten every `PACE_MS`. */
  let crowd = 0;
  let startedAt = 0;
  /** The read that counts, from the decision to ask until its answer is shown or dropped. */
  let read: AbortController | undefined;
  /** The clock when its attempt that is answered was sent; before that, later than everything. */
  let beganAt: number;
  /** Why to ask again once it is done: an effect overtook it, or somebody wants that. */
  let queued: Cause | undefined;
  /** What was merged since it began, by slot. */
  let merged: Bundle;
  /** A read that an effect overtook; still running, and never shown. */
  let stray: AbortController | undefined;
  /** Reads overtaken since something was last shown. */
  let overtakings = 0;
  /** What the server said: what is shown, but for the layers. */
  let base = state.data;
  /** What calls are expected to change, in their order. */
  let layers: readonly Layer[] = [];
  /** Clock of the last effect. */
  let effectAt = 0;
  /** Clock of the last effect or accepted answer. */
  let changedAt = client._clock;

  const note = (
    type: InstanceEvent["type"],
    cause?: Cause,
    more?: Partial<InstanceEvent>,
  ): Promise<void> => client._emit({ type, key, cause, ...more });

  const covered = (data: Bundle): Bundle => {
    // What throws, or leaves behind what is no JSON, is reported as a promise that nobody handled, and changes nothing.
    layers.forEach(async ({ _change: change }) => {
      // It is JSON, and not every page of a test has `structuredClone`: jsdom has none.
      const copy = JSON.parse(JSON.stringify(data)) as Bundle;
      change(copy);
      data = share(state.data, copy);
    });
    return data;
  };

  const assign = (change?: Partial<State>): void => {
    const next = { ...state, ...change };
    if (change?.data !== undefined) base = change.data;
    const data = base && covered(base);
    state = {
      ...next,
      data,
      // Of a first load what has come of it, and nothing once it has failed.
      slots: data ?? (read ? next.slots : {}),
      status: next.error ? "error" : data ? "success" : read ? "loading" : "idle",
      isFetching: !!read,
    };
    for (const listener of listeners) toCall.add(listener);
  };

  /** Takes away what was expected of calls whose effect came until then; none has come at infinity. */
  const uncover = (until: number): void => {
    if (!layers[0]) return;
    layers = layers.filter(({ _dueAt: dueAt }) => dueAt > until);
    assign();
  };

  const start = async (cause: Cause): Promise<void> => {
    const mine = (read = new AbortController());
    beganAt = Infinity;
    queued = undefined;
    if (!state.isFetching) assign();
    const now = Date.now();
    // Clocks are set back, too.
    crowd = 1 + Math.max(0, crowd - Math.abs(now - startedAt) / PACE_MS);
    startedAt = now;
    if (crowd > BURST) {
      note("fetch-slowed", cause);
      await later(SLOWED_MS);
    }
    // The step ends first: listeners are called before anything is sent.
    await null;
    if (read !== mine) return;
    note("fetch-start", cause);
    const got = await ask(
      client,
      context,
      // Shared caches may keep for long what was true before the effect, and are asked for no answer again.
      () => (context.cache && effectAt ? { ...params, _: Math.random() } : params),
      mine,
      () => {
        // Overtaken between two attempts: its successor is under way.
        if (read !== mine) throw Error("Overtaken");
        // What happened before this attempt, its answer knows.
        beganAt = client._clock;
        queued = undefined;
        merged = {};
      },
      (bundle) => share(state.slots, bundle),
      state.data
        ? undefined
        : (part) => {
            if (read !== mine) return;
            assign({ slots: { ...state.slots, ...share(state.slots, part) } });
            finish();
          },
    ).catch((error: MizanError) => error);

    /** Takes the answer or drops it, and asks again if something happened meanwhile. */
    const settle = (): void => {
      const again = queued;
      const isOvertaken = effectAt > beganAt;
      read = instance._held = undefined;
      if (isOvertaken) overtakings++;
      if (got instanceof Error ? again : isOvertaken && state.data && overtakings < PATIENCE) {
        note("fetch-dropped", cause);
      } else if (got instanceof Error) {
        uncover(LATEST);
        assign({ error: got });
        note("fetch-failed", cause, { error: got });
      } else {
        overtakings = 0;
        changedAt = ++client._clock;
        // What was merged keeps a list from before the effects that this answer knows: nothing to uncover yet.
        if (!isOvertaken) uncover(beganAt);
        assign({
          // 2: what was merged since the read began is newer than its answer.
          data: isOvertaken ? { ...got, ...merged } : got,
          error: null,
          isStale: isOvertaken,
          updatedAt: Date.now(),
        });
        note("fetch-done", cause);
      }
      if (again) void start(again);
    };

    if (read !== mine) {
      if (stray === mine) stray = undefined;
      note("fetch-dropped", cause);
    } else if (instance._batch && effectAt <= beganAt) {
      hold(instance, settle, finish);
    } else {
      settle();
    }
    finish();
  };

  /** Nobody waits for it any more: its reads are aborted, and its batch goes on without it. */
  const abandon = (): void => {
    read?.abort();
    stray?.abort();
    read = stray = queued = undefined;
    if (state.isFetching) assign();
    leave(instance);
  };

  /** An effect of this step changes what is shown. */
  const touch = (change: Partial<State>): void => {
    changedAt = effectAt = client._clock;
    assign(change);
  };

  const instance: Instance = {
    _description: description,
    _watchers: watchers,
    getState: () => state,
    subscribe: (listener) => {
      // Each subscription is its own, even of one listener.
      const subscription = (): void => listener();
      listeners.add(subscription);
      return () => listeners.delete(subscription);
    },
    refetch: () => {
      const cause = { type: "refetch" } as const;
      if (read) queued = cause;
      else start(cause);
      finish();
    },
    retain: (watcher) => {
      watchers.add(watcher);
      note("mount");
      if (!read && (state.isStale || state.status !== "success")) start({ type: "mount" });
      finish();
    },
    release: (watcher) => {
      watchers.delete(watcher);
      leftAt = Date.now();
      note("unmount");
      // StrictMode and changing keys mount the same instance again in this tick.
      queueMicrotask(() => {
        if (!watchers.size) abandon();
        finish();
      });
    },
    _getBase: () => base,
    _cover: (about, name, params, change) => {
      if (name !== context.name || !agrees(description, params)) return;
      layers = [...layers, { _call: about.call, _change: change, _dueAt: Infinity }];
      note("expect", { type: "call", ...about });
      assign();
    },
    _affect: (body, sentAt, cause, error) => {
      // 3: after a newer answer or another call's effect, what this call saw may be old.
      const isNewest = changedAt <= sentAt;
      /** What the call was expected to change is shown until then; 0 is until now. */
      let dueAt = 0;
      const age = (effect?: unknown): void => {
        if (!error) dueAt = client._clock;
        touch({ isStale: true });
        note("invalidate", cause, { effect });
      };
      const merge = (effect: SentEntry): void => {
        const { slot = "", params } = effect;
        const words = own(context.slots, slot);
        const value =
          base && isNewest && words !== undefined
            ? share(
                state.slots[slot],
                instance._splice?.(effect, base[slot]) ??
                  (determines(description, words, params ?? {})
                    ? spliced(base[slot], effect, words)
                    : undefined),
              )
            : undefined;
        note("merge", cause, { slot, applied: value !== undefined, effect });
        if (value === undefined) return age(effect);
        merged = { ...merged, [slot]: value };
        touch({ data: { ...base, [slot]: value } });
      };
      const visit = <Entry>(
        entries: readonly Entry[] | null | undefined,
        act: (entry: Entry) => void,
      ): void =>
        entries?.forEach((entry) => {
          const { context: name = entry, function: fn, params }: SentEntry = Object(entry);
          if (typeof (fn || name) !== "string") throw entry;
          if (
            fn
              ? own(context.slots, fn) !== undefined
              : name === context.name && agrees(description, params ?? {})
          ) {
            act(entry);
          }
        });
      try {
        if (cause.type === "answer-lost") throw cause;
        visit(body?.merge, merge);
        visit(body?.invalidate, age);
      } catch {
        // Lost, or in a form that nobody here knows.
        age();
      }
      for (const layer of layers) if (layer._call === cause.call) layer._dueAt = dueAt;
      uncover(0);
      if (effectAt !== client._clock) return false;
      const isDue = state.isStale && watchers.size > 0;
      if (!read) {
        if (isDue) start(cause);
      } else if (effectAt > beganAt) {
        queued = cause;
        if (instance._held) {
          instance._held();
        } else if (!overtakings && !stray) {
          overtakings++;
          stray = read;
          start(cause);
        }
        // 1: otherwise it is asked again when it was answered, so that reads do not pile up.
      }
      // 5: first loads are shown as they come, so nobody waits for them.
      return isDue && state.data !== null;
    },
    reset: () => {
      abandon();
      layers = [];
      overtakings = 0;
      touch(IDLE);
      if (watchers.size) start({ type: "reset" });
    },
    _isIdle: () =>
      !watchers.size && !listeners.size && Date.now() - leftAt >= (client.gcMs ?? DEFAULT_GC_MS),
  };
  return instance;
};
