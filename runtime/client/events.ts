import type { MizanError } from "../wire/error.js";

/** One call; `call` is its number, greater than that of every call before. */
export interface AboutCall {
  readonly call: number;
  readonly fn: string;
}

export type CallEvent = AboutCall &
  (
    | { readonly type: "call-start" }
    | { readonly type: "call-done"; readonly error: MizanError | undefined }
    /** It may have been executed or not, so it counts as an effect on everything. */
    | { readonly type: "answer-lost" }
  );

/** Why an instance is fetched or changed. Events of one read carry one object, and so do those of one answer. */
export type Cause =
  | (AboutCall & { readonly type: "call" })
  | (AboutCall & { readonly type: "answer-lost" })
  | { readonly type: "mount" | "refetch" | "reset" | "received"; readonly call?: undefined };

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
    /** Asked for so often that something goes round in circles: the read waits for a second. */
    | "fetch-slowed"
    /** It shows what a call is expected to change. */
    | "expect"
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
  /** Of `merge` and `invalidate`: the entry of the answer, as it was sent. Absent where none could be read. */
  readonly effect?: unknown;
}

export type ClientEvent =
  | CallEvent
  | InstanceEvent
  | { readonly type: "reset" }
  /** The server speaks for another contract, with this hash: time to reload the page. Once for each. */
  | { readonly type: "contract-changed"; readonly hash: string };
