import type { Batch } from "./batch.js";
import type { Description } from "./describe.js";
import type { Cause } from "./events.js";
import type { Bundle } from "./read.js";
import type { MizanError } from "../wire/error.js";
import type { ContextState } from "./types.js";

/** How a read ended: with a bundle or with an error. */
export interface Outcome {
  readonly value?: Bundle;
  readonly error?: MizanError;
}

/** One read of one instance, from the decision to ask until its answer is shown or dropped. */
export interface Read {
  readonly instance: Instance;
  readonly cause: Cause;
  readonly controller: AbortController;
  /** The clock when the attempt that is answered was sent; before that, later than everything. */
  began: number;
  /** The answer, where it waits for others of its batch: the read is still under way. */
  held: Outcome | undefined;
}

export interface Instance extends Description {
  state: ContextState<Bundle>;
  readonly listeners: Set<() => void>;
  /** How many handles have mounted it. */
  watchers: number;
  /** When the last of them left, in milliseconds since the epoch. */
  leftAt: number;

  /** The read under way. */
  read: Read | undefined;
  /** Why to ask again once it is done, if somebody wants that. */
  queued: Cause | undefined;
  /** A read that an effect overtook; still running, and never shown. */
  stray: Read | undefined;
  /** Reads overtaken since something was last shown. */
  overtakings: number;

  /** Clock of the last effect, and why it came. */
  effectAt: number;
  effectCause: Cause | undefined;
  /** Clock of the last effect or accepted answer. */
  changedAt: number;
  /** Clock of the last merge, by slot. */
  readonly mergedAt: Map<string, number>;

  /** What it shall become fresh together with. */
  batch: Batch | undefined;
}

/** What an instance shows that nobody has asked for. */
export const IDLE: ContextState<never> = {
  data: null,
  status: "idle",
  error: null,
  isFetching: false,
  isStale: false,
  updatedAt: 0,
};

export function createInstance(description: Description): Instance {
  return {
    ...description,
    state: IDLE,
    listeners: new Set(),
    watchers: 0,
    leftAt: Date.now(),
    read: undefined,
    queued: undefined,
    stray: undefined,
    overtakings: 0,
    effectAt: 0,
    effectCause: undefined,
    changedAt: 0,
    mergedAt: new Map(),
    batch: undefined,
  };
}

/** An effect reached the instance after the read was sent, so its answer may be older than the effect. */
export function isOvertaken(read: Read): boolean {
  return read.instance.effectAt > read.began;
}
