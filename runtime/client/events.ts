import type { MizanError } from "../wire/error.js";

/** Why an instance is fetched. `call` numbers the client's calls, from 1. */
export type Cause =
  | { readonly type: "mount" | "refetch" | "reset" | "received" }
  | { readonly type: "call" | "answer-lost"; readonly call: number; readonly fn: string };

/** `key` names a context instance: its context, and its params by their canonical words. */
export type ClientEvent =
  | { readonly type: "call-start"; readonly call: number; readonly fn: string }
  | {
      readonly type: "call-done";
      readonly call: number;
      readonly fn: string;
      readonly error?: MizanError | undefined;
    }
  | { readonly type: "answer-lost"; readonly call: number; readonly fn: string }
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
