import type { MizanError } from "../wire/error.js";

/** How a call ended. `call` numbers the client's calls, from 1. */
export interface CallEnd {
  /** `answer-lost`: it may have been executed or not, so it counts as an effect on everything. */
  readonly type: "call-done" | "answer-lost";
  readonly call: number;
  readonly fn: string;
  readonly error: MizanError | undefined;
}

/** Why an instance is fetched or changed. */
export type Cause = CallEnd | { readonly type: "mount" | "refetch" | "reset" | "received" };

/** What happens to one instance. `key` names it: its context, and its params by their canonical words. */
export interface InstanceEvent {
  readonly type:
    | "mount"
    | "unmount"
    | "fetch-start"
    | "fetch-done"
    | "fetch-failed"
    /** The answer is not shown: an effect overtook it, or nobody waits for it any more. */
    | "fetch-dropped"
    | "merge"
    | "invalidate";
  readonly key: string;
  /** What made it happen; of a mount and an unmount, nobody knows. */
  readonly cause: Cause | undefined;
  /** Of `fetch-failed`. */
  readonly error?: MizanError;
  /** Of `merge`. Not applied: the instance is refetched instead. */
  readonly slot?: string;
  readonly applied?: boolean;
}

export type ClientEvent =
  | CallEnd
  | InstanceEvent
  | { readonly type: "call-start"; readonly call: number; readonly fn: string }
  | { readonly type: "reset" };
