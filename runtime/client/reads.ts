/**
 * When an instance is asked for, and which answer is shown: rules 1, 2 and 5 of the ordering rules in
 * `spec/runtime.md`, in the words used there.
 *
 * Nothing here ends a step but what an answer or a timer sets off; other callers do, with `finish`.
 */
import { MizanError } from "../wire/error.js";
import { disband, isComplete, startClock, type Batch } from "./batch.js";
import type { Cause } from "./events.js";
import { IDLE, isOvertaken, type Instance, type Outcome, type Read } from "./instance.js";
import { read as ask } from "./read.js";
import { share } from "./share.js";
import { assign, finish, type Store } from "./store.js";

/** After so many overtakings in a row an answer is shown all the same, or a stream of effects would starve a screen. */
const PATIENCE = 2;

/** Asks for an instance that no read is under way for. */
export function start(store: Store, instance: Instance, cause: Cause): void {
  const controller = new AbortController();
  instance.read = { instance, cause, controller, began: Infinity, held: undefined };
  store.outbox.push(instance.read);
  const { state } = instance;
  if (state.isFetching) return;
  assign(
    store,
    instance,
    state.status === "idle"
      ? { ...state, status: "loading", isFetching: true }
      : { ...state, isFetching: true },
  );
}

/** Asks for an instance now, or once more after the read under way. */
export function refetch(store: Store, instance: Instance, cause: Cause): void {
  if (!instance.read) start(store, instance, cause);
  else if (instance.read.began < Infinity) instance.queued = cause;
}

/** To be called when an effect reached an instance that a read is under way for. */
export function overtake(store: Store, read: Read, cause: Cause): void {
  const { instance } = read;
  if (!isOvertaken(read)) return;
  if (read.held) {
    settle(store, read, read.held);
  } else if (!instance.overtakings && !instance.stray) {
    instance.overtakings++;
    instance.stray = read;
    start(store, instance, cause);
  }
  // Otherwise it is asked again when it was answered: reads must not pile up.
}

/** Sends a read and sees to its answer. */
export function send(store: Store, read: Read): void {
  const { client } = store;
  const { instance, cause, controller } = read;
  const { context, params, key } = instance;
  const arrive = (outcome: Outcome): void => {
    const { batch } = instance;
    if (instance.read !== read) {
      if (instance.stray === read) instance.stray = undefined;
      client.emit({ type: "fetch-dropped", key, cause });
    } else if (batch && !isOvertaken(read)) {
      read.held = outcome;
      startClock(batch, expireIn(store));
      if (isComplete(batch)) show(store, batch);
    } else {
      settle(store, read, outcome);
    }
    finish(store);
  };
  client.emit({ type: "fetch-start", key, cause });
  ask(
    client,
    context,
    params,
    {
      signal: controller.signal,
      sameIdentity: cause.type === "reset",
      onSend: () => {
        // Overtaken between two attempts: its successor is under way.
        if (instance.read !== read) throw new Error("Overtaken");
        read.began = client.clock;
      },
    },
    (bundle) => share(instance.state.data, bundle),
  ).then(
    (value) => arrive({ value }),
    (error: unknown) => {
      // Anything else is the reason of an abort, and then nobody waits for the answer.
      if (error instanceof MizanError) arrive({ error });
    },
  );
}

/** What happens when a batch has waited long enough. */
export function expireIn(store: Store): (batch: Batch) => void {
  return (batch) => {
    show(store, batch);
    finish(store);
  };
}

/** Ends a batch and shows what has arrived of it. */
function show(store: Store, batch: Batch): void {
  disband(batch);
  for (const { read } of batch.members) if (read?.held) settle(store, read, read.held);
}

/** Takes an answer or drops it, and asks again if something happened meanwhile. */
function settle(store: Store, read: Read, { value, error }: Outcome): void {
  const { client } = store;
  const { instance, cause } = read;
  const { key, state } = instance;
  const overtaken = isOvertaken(read);
  const again = overtaken ? instance.effectCause : instance.queued;
  instance.read = instance.queued = undefined;
  if (overtaken) instance.overtakings++;
  if (value && (!overtaken || !state.data || instance.overtakings >= PATIENCE)) {
    instance.overtakings = 0;
    instance.changedAt = ++client.clock;
    const newer = Object.entries(state.data ?? {}).filter(
      ([slot]) => (instance.mergedAt.get(slot) ?? 0) > read.began,
    );
    assign(store, instance, {
      data: newer.length ? Object.fromEntries([...Object.entries(value), ...newer]) : value,
      status: "success",
      error: null,
      isFetching: Boolean(again),
      isStale: overtaken,
      updatedAt: Date.now(),
    });
    client.emit({ type: "fetch-done", key, cause });
  } else if (error && !again) {
    assign(store, instance, { ...state, status: "error", error, isFetching: false });
    client.emit({ type: "fetch-failed", key, cause, error });
  } else {
    client.emit({ type: "fetch-dropped", key, cause });
  }
  if (again) start(store, instance, again);
}

/** Nobody waits for the instance any more: its reads are aborted, and its batch goes on without it. */
export function abandon(store: Store, instance: Instance): void {
  const { batch, state, key } = instance;
  for (const read of [instance.read, instance.stray]) {
    if (!read) continue;
    read.controller.abort();
    store.client.emit({ type: "fetch-dropped", key, cause: read.cause });
  }
  instance.read = instance.stray = instance.queued = instance.batch = undefined;
  if (state.isFetching) {
    assign(store, instance, state.status === "loading" ? IDLE : { ...state, isFetching: false });
  }
  if (batch) {
    batch.members.delete(instance);
    if (isComplete(batch)) show(store, batch);
  }
}
