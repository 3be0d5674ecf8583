/**
 * What the panel tells of a client: calls, reads, and why each of them happened. Data only; `reduce.ts` makes it
 * of events, `reason.ts` makes sentences of it.
 *
 * A timeline holds texts about what was sent, never what was sent itself, so its size does not depend on the
 * application's data.
 *
 * Words: a *moment* is an event with what could be seen of its instance when it happened; an *effect line* says
 * what one entry of an answer did to one instance; a *source* is whose answer that was.
 *
 * All times are milliseconds as `performance.now()` gives them.
 */
import type { Cause, ClientEvent } from "../client/events.js";

/** A merge that was not applied. Each makes the instance be read instead. */
export type Refusal =
  | {
      readonly kind:
        /** The instance had no data that it could be merged into. */
        | "nothing-shown"
        /** The context has no such slot. */
        | "unknown-slot"
        /** The value does not go into what is shown: no list, no key, an unknown operation. */
        | "does-not-fit"
        /** Something newer was shown, or another effect came, since its call was sent. */
        | "newer-shown"
        /** Nobody here knows when its call was sent. */
        | "of-others";
    }
  /** Its params leave open for which arguments the value holds: of these they do not say it. */
  | { readonly kind: "params-open"; readonly names: readonly string[] };

/** An event, and what the recorder saw beside it. */
export interface Moment {
  readonly event: ClientEvent;
  readonly at: number;
  /** Of a merge that was refused. */
  readonly refusal?: Refusal;
  /** Somebody made it happen in the panel. */
  readonly isByPanel?: boolean;
  /** Of a `fetch-start`: what the instance showed then. */
  readonly before?: "nothing" | "stale" | "failed" | "fresh";
  /** Of a `fetch-done`: slots that have another value than before. */
  readonly changed?: readonly string[];
  /** Of a `fetch-done`: it is old all the same, as an effect came meanwhile. */
  readonly isStale?: boolean;
  /** Of a `fetch-dropped`: nobody mounts the instance any more. */
  readonly isUnwatched?: boolean;
}

/** Whose answer: a call's, or one that another tab or a socket told of, or what somebody did in the panel. */
export type Source =
  | { readonly call: number; readonly fn: string }
  | { readonly call: null; readonly by: "others" | "panel" };

export interface EffectLine {
  readonly at: number;
  readonly key: string;
  /** `expect`: the instance shows what the call is expected to change. */
  readonly kind: "merge" | "invalidate" | "expect";
  /** Of a merge. */
  readonly slot: string | null;
  /** Null: applied, or an invalidation. */
  readonly refusal: Refusal | null;
  /** The entry as the answer had it, `invalidate user {user_id: 5}`; null where it could not be read. */
  readonly text: string | null;
}

export type Reason =
  | {
      readonly kind: "mount";
      readonly before: Moment["before"];
      /** What made it stale. */
      readonly since: Touch | null;
    }
  | { readonly kind: "refetch"; readonly before: Moment["before"] }
  | { readonly kind: "reset" }
  | {
      readonly kind: "effects";
      readonly source: Source;
      readonly effects: readonly EffectLine[];
      /** A read was under way that began before. */
      readonly isAgain: boolean;
    }
  | { readonly kind: "lost"; readonly source: Source; readonly isAgain: boolean }
  /** A cause that this panel knows no sentence for. */
  | { readonly kind: "other"; readonly text: string };

/** Why an answer was not shown. */
export type Drop =
  | { readonly kind: "overtaken"; readonly source: Source }
  | { readonly kind: "reset" }
  | { readonly kind: "unwatched" }
  | { readonly kind: "failed" };

interface Common {
  /** Grows from entry to entry. */
  readonly id: number;
  readonly startedAt: number;
  /** Null: under way. */
  readonly endedAt: number | null;
}

export interface CallEntry extends Common {
  readonly kind: "call";
  readonly source: Source;
  /** Of effects of others, the same object in all events. */
  readonly cause: Cause | undefined;
  readonly outcome: "pending" | "done" | "failed" | "lost";
  readonly error: string | null;
  /** In their order, the first of them. */
  readonly effects: readonly EffectLine[];
  /** How many more there were. */
  readonly unlisted: number;
}

export interface ReadEntry extends Common {
  readonly kind: "read";
  readonly key: string;
  /** The same object in all events of this read. */
  readonly cause: Cause | undefined;
  readonly reason: Reason;
  readonly outcome: "pending" | "done" | "failed" | "dropped";
  readonly drop: Drop | null;
  readonly error: string | null;
  /** Slots that were merged while it was under way. */
  readonly merged: readonly string[];
  readonly changed: readonly string[];
  readonly isStale: boolean;
}

/** Something that concerns the whole client. */
export interface NoticeEntry extends Common {
  readonly kind: "notice";
  readonly title: string;
  readonly text: string;
}

export type Entry = CallEntry | ReadEntry | NoticeEntry;

/** An effect on one instance, as reads remember it. */
export interface Touch {
  readonly cause: Cause | undefined;
  readonly source: Source;
  readonly effect: EffectLine;
}

export interface Timeline {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** How many were let go of, to stay within the limit. */
  readonly forgotten: number;
  readonly nextId: number;
  readonly resetAt: number;
  /** By key, the latest effects on each instance, oldest first. */
  readonly touches: ReadonlyMap<string, readonly Touch[]>;
}

export const EMPTY: Timeline = {
  entries: [],
  forgotten: 0,
  nextId: 1,
  resetAt: -Infinity,
  touches: new Map(),
};
