/**
 * One context instance: when it is asked for, and which answer is shown. It keeps rules 1 to 3 of the
 * ordering rules in `spec/runtime.md`, in the words used there; numbers in comments are the rules'.
 *
 * All that is here happens within a step of the store, which calls listeners and sends reads at its end.
 */
import type { MizanError } from "../wire/error.js";
import { hold, showIfComplete, type Batch, type Member } from "./batch.js";
import type { Client } from "./client.js";
import { determines, isBoxed, type Description } from "./describe.js";
import type { Cause, InstanceEvent } from "./events.js";
import { read as ask, type Bundle } from "./read.js";
import { own } from "../wire/json.js";
import { share } from "./share.js";
import { spliced } from "./splice.js";

/** After so many overtakings in a row an answer is shown all the same: effects must not starve a screen. */
const PATIENCE = 2;

/** What a `ContextState` is made of, whatever its status. */
export interface State {
  readonly data: Bundle | null;
  readonly status: "idle" | "loading" | "success" | "error";
  readonly error: MizanError | null;
  readonly isFetching: boolean;
  readonly isStale: boolean;
  readonly updatedAt: number;
}

/** What an instance shows that nobody has asked for. */
export const IDLE: State = {
  data: null,
  status: "idle",
  error: null,
  isFetching: false,
  isStale: false,
  updatedAt: 0,
};

/** One read, from the decision to ask until its answer is shown or dropped. */
interface Read {
  readonly cause: Cause;
  readonly controller: AbortController;
  /** The clock when the attempt that is answered was sent; before that, later than everything. */
  began: number;
  /** Takes the answer, where it waits for others of its batch: the read is still under way. */
  held?: () => void;
}

/** The step that an instance changes in. */
export interface Step {
  readonly call: (listener: () => void) => void;
  readonly send: (read: () => void) => void;
  readonly finish: () => void;
}

export interface Instance extends Description, Member {
  readonly listeners: Set<() => void>;
  /** Whoever has mounted it. */
  readonly watchers: Set<unknown>;
  /** When the last of them left, in milliseconds since the epoch. */
  leftAt: number;
  batch?: Batch | undefined;
  readonly getState: () => State;
  readonly note: (
    type: InstanceEvent["type"],
    cause?: Cause,
    more?: Partial<InstanceEvent>,
  ) => void;
  /** Asks now, or once more after the read under way. */
  readonly refetch: (cause: Cause) => void;
  /** For a watcher that came: asks if what is there will not do. */
  readonly refresh: (cause: Cause) => void;
  /** One merge of an answer, whose call was sent when the clock was `began`. */
  readonly merge: (entry: unknown, params: object, began: number, cause: Cause) => void;
  /** What it shows is old. */
  readonly age: (cause: Cause) => void;
  readonly isReachedAt: (clock: number) => boolean;
  /** Somebody sees that it is old. */
  readonly isDue: () => boolean;
  /** Asks again what the effect made old. */
  readonly followUp: (cause: Cause) => void;
  /** Nobody waits for it any more: its reads are aborted, and its batch goes on without it. */
  readonly abandon: () => void;
  /** Forgets what it shows. */
  readonly clear: () => void;
}

export function createInstance(client: Client, description: Description, step: Step): Instance {
  const { context, params, key } = description;
  const listeners = new Set<() => void>();
  const watchers = new Set<unknown>();
  let state = IDLE;
  let read: Read | undefined;
  /** Why to ask again once the read is done, if somebody wants that. */
  let queued: Cause | undefined;
  /** A read that an effect overtook; still running, and never shown. */
  let stray: Read | undefined;
  /** Reads overtaken since something was last shown. */
  let overtakings = 0;
  /** Clock of the last effect, and why it came. */
  let effectAt = 0;
  let effectCause: Cause | undefined;
  /** Clock of the last effect or accepted answer. */
  let changedAt = 0;
  /** Clock of the last effect that could not be merged. */
  let agedAt = 0;
  /** Clock of the last merge, by slot. */
  const mergedAt = new Map<string, number>();

  const note: Instance["note"] = (type, cause, more) => client.emit({ type, key, cause, ...more });

  const assign = (change: Partial<State>): void => {
    const next = { ...state, ...change };
    const { error, data, isFetching } = next;
    state = {
      ...next,
      status: error ? "error" : data ? "success" : isFetching ? "loading" : "idle",
    };
    listeners.forEach(step.call);
  };

  /** An effect came after the read was sent, so its answer may be older than the effect. */
  const isOvertaken = ({ began }: Read): boolean => effectAt > began;

  const start = (cause: Cause): void => {
    const started: Read = { cause, controller: new AbortController(), began: Infinity };
    read = started;
    if (!state.isFetching) assign({ isFetching: true });
    step.send(() => {
      if (read === started) send(started);
    });
  };

  const send = (sent: Read): void => {
    const { signal } = sent.controller;
    const onSend = (): void => {
      // Overtaken between two attempts: its successor is under way.
      if (read !== sent) throw Error("Overtaken");
      sent.began = client.clock;
    };
    note("fetch-start", sent.cause);
    ask(client, context, params, { signal, onSend }, (bundle) => share(state.data, bundle)).then(
      (bundle) => arrive(sent, bundle),
      (error: MizanError) => arrive(sent, undefined, error),
    );
  };

  const arrive = (arrived: Read, bundle?: Bundle, error?: MizanError): void => {
    const take = (): void => settle(arrived, bundle, error);
    if (read !== arrived) {
      if (stray === arrived) stray = undefined;
      note("fetch-dropped", arrived.cause);
    } else if (instance.batch && !isOvertaken(arrived)) {
      arrived.held = take;
      hold(instance.batch, step.finish);
    } else {
      take();
    }
    step.finish();
  };

  /** Takes an answer or drops it, and asks again if something happened meanwhile. */
  const settle = (settled: Read, bundle?: Bundle, error?: MizanError): void => {
    const { cause, began } = settled;
    const { data } = state;
    const overtaken = isOvertaken(settled);
    const again = overtaken ? effectCause : queued;
    read = queued = undefined;
    if (overtaken) overtakings++;
    if (bundle && (!overtaken || !data || overtakings >= PATIENCE)) {
      overtakings = 0;
      changedAt = ++client.clock;
      // 2: what was merged since the read began is newer than its answer.
      const newer = Object.entries(data ?? {}).filter(
        ([slot]) => (mergedAt.get(slot) ?? 0) > began,
      );
      assign({
        data: newer.length ? Object.fromEntries([...Object.entries(bundle), ...newer]) : bundle,
        error: null,
        isFetching: false,
        isStale: overtaken,
        updatedAt: Date.now(),
      });
      note("fetch-done", cause);
    } else if (error && !again) {
      assign({ error, isFetching: false });
      note("fetch-failed", cause, { error });
    } else {
      note("fetch-dropped", cause);
    }
    if (again) start(again);
  };

  const touch = (cause: Cause): void => {
    changedAt = effectAt = client.clock;
    effectCause = cause;
  };

  const instance: Instance = {
    ...description,
    listeners,
    watchers,
    leftAt: Date.now(),
    getState: () => state,
    note,
    refetch: (cause) => {
      if (read) queued = cause;
      else start(cause);
    },
    refresh: (cause) => {
      if (!read && (state.isStale || state.status !== "success")) start(cause);
    },
    merge: (entry, params, began, cause) => {
      const { data } = state;
      const slot = String(own(entry, "slot"));
      const words = own(context.slots, slot);
      // 3: after a newer answer or another call's effect, what this call saw may be old.
      const isNewest = changedAt <= began || (changedAt === client.clock && agedAt < changedAt);
      const value =
        data && isNewest && typeof words === "string" && determines(description, words, params)
          ? spliced(data[slot], entry, isBoxed(words))
          : undefined;
      const applied = value !== undefined;
      note("merge", cause, { slot, applied });
      if (applied) {
        touch(cause);
        mergedAt.set(slot, effectAt);
        assign({ data: Object.fromEntries([...Object.entries(data ?? {}), [slot, value]]) });
      } else {
        instance.age(cause);
      }
    },
    age: (cause) => {
      touch(cause);
      agedAt = effectAt;
      assign({ isStale: true });
      note("invalidate", cause);
    },
    isReachedAt: (clock) => effectAt === clock,
    // 5: first loads are shown as they come, so nobody waits for them.
    isDue: () => state.isStale && state.data !== null && watchers.size > 0,
    followUp: (cause) => {
      if (!read) {
        if (state.isStale && watchers.size) start(cause);
      } else if (isOvertaken(read)) {
        if (read.held) {
          read.held();
        } else if (!overtakings && !stray) {
          overtakings++;
          stray = read;
          start(cause);
        }
        // 1: otherwise it is asked again when it was answered, so that reads do not pile up.
      }
    },
    isHeld: () => read?.held !== undefined,
    showHeld: () => read?.held?.(),
    abandon: () => {
      const { batch } = instance;
      read?.controller.abort();
      stray?.controller.abort();
      read = stray = queued = instance.batch = undefined;
      if (state.isFetching) assign({ isFetching: false });
      batch?.members.delete(instance);
      if (batch) showIfComplete(batch);
    },
    clear: () => {
      changedAt = effectAt = client.clock;
      overtakings = 0;
      assign(IDLE);
    },
  };
  return instance;
}
