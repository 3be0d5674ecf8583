/** The timeline while a batch of moments is written to it, and how entries are found and changed. */
import type { AboutCall, Cause, InstanceEvent } from "../client/events.js";
import { clip } from "./text.js";
import type { CallEntry, Entry, ReadEntry, Source, Touch } from "./timeline.js";

/** What the moments of one batch write to. Entries in it are replaced, never changed. */
export interface Draft {
  readonly entries: Entry[];
  readonly touches: Map<string, readonly Touch[]>;
  nextId: number;
  resetAt: number;
  forgotten: number;
}

export const NEW_CALL = {
  kind: "call",
  endedAt: null,
  cause: undefined,
  outcome: "pending",
  error: null,
  effects: [],
  unlisted: 0,
} as const;

export const NEW_READ = {
  kind: "read",
  endedAt: null,
  outcome: "pending",
  drop: null,
  error: null,
  merged: [],
  changed: [],
  isStale: false,
} as const;

export const add = <E extends Entry>(
  draft: Draft,
  startedAt: number,
  entry: Omit<E, "id" | "startedAt">,
): void => {
  // What is left out of the type is added here.
  draft.entries.push({ ...entry, id: draft.nextId++, startedAt } as E);
};

/** Who made something happen: a call of this client, or others. */
export const sourceOf = (about: AboutCall | Cause | undefined, isByPanel?: boolean): Source =>
  about?.call === undefined
    ? { call: null, by: isByPanel ? "panel" : "others" }
    : { call: about.call, fn: clip(String(about.fn), 80) };

/** Changes the latest entry of a kind that matches. Answers whether there was one. */
export const patch = <E extends Entry>(
  draft: Draft,
  matches: (entry: Entry) => entry is E,
  change: (entry: E) => E,
): boolean => {
  const index = draft.entries.findLastIndex(matches);
  const entry = draft.entries[index];
  if (!entry || !matches(entry)) return false;
  draft.entries[index] = change(entry);
  return true;
};

export const patchCall = (
  draft: Draft,
  { call }: AboutCall,
  change: (entry: CallEntry) => CallEntry,
): boolean =>
  patch(
    draft,
    (entry): entry is CallEntry => entry.kind === "call" && entry.source.call === call,
    change,
  );

export const endRead = (
  draft: Draft,
  { key, cause }: InstanceEvent,
  change: (entry: ReadEntry) => ReadEntry,
): void =>
  void patch(
    draft,
    (entry): entry is ReadEntry => isOpenRead(entry, key) && entry.cause === cause,
    change,
  );

export const isOpenRead = (entry: Entry, key: string): entry is ReadEntry =>
  entry.kind === "read" && entry.key === key && entry.endedAt === null;
