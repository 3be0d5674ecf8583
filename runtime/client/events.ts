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

/** `key` names a context instance: its context, and its params by their canonical words. */
export type ClientEvent =
  | CallEnd
  | { readonly type: "call-start"; readonly call: number; readonly fn: string }
  | { readonly type: "fetch-start"; readonly key: string; readonly cause: Cause }
  | { readonly type: "fetch-done"; readonly key: string; readonly cause: Cause }
  | {
      readonly type: "fetch-failed";
      readonly key: string;
      readonly cause: Cause;
      readonly error: unknown;
    }
  /** The answer is not shown: an effect overtook it, or nobody waits for it any more. */
  | { readonly type: "fetch-dropped"; readonly key: string; readonly cause: Cause }
  | {
      readonly type: "merge";
      readonly key: string;
      readonly slot: string;
      /** False: the instance is refetched instead. */
      readonly applied: boolean;
      readonly cause: Cause;
    }
  | { readonly type: "invalidate"; readonly key: string; readonly cause: Cause }
  | { readonly type: "mount" | "unmount"; readonly key: string }
  | { readonly type: "reset" }
  /** The server speaks another contract than this page was made for: reload when convenient. */
  | { readonly type: "contract-changed"; readonly ours: string; readonly theirs: string };
