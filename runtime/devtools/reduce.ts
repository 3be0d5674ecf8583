/**
 * From events to a timeline, with a reason for everything. Pure; a batch of moments costs one copy of the list.
 *
 * What it relies on of the kernel: all events of one read carry the same cause object, and so do all effects of
 * one answer (`events.ts`). Events that a newer kernel may have are left out, and causes are told by their name.
 */
import type { AboutCall, Cause, ClientEvent, InstanceEvent } from "../client/events.js";
import { clip, textOfEffect } from "./text.js";
import type {
  CallEntry,
  Drop,
  EffectLine,
  Entry,
  Moment,
  NoticeEntry,
  ReadEntry,
  Reason,
  Source,
  Timeline,
  Touch,
} from "./timeline.js";

/** Entries that a timeline keeps unless told otherwise. */
export const DEFAULT_LIMIT = 300;
const EFFECTS_PER_CALL = 60;
const TOUCHES_PER_KEY = 6;
const TOUCHED_KEYS = 1000;

/** What the moments of one batch write to. Entries in it are replaced, never changed. */
interface Draft {
  readonly entries: Entry[];
  readonly touches: Map<string, readonly Touch[]>;
  nextId: number;
  resetAt: number;
}

export const reduce = (
  timeline: Timeline,
  moments: readonly Moment[],
  limit: number = DEFAULT_LIMIT,
): Timeline => {
  const { nextId, resetAt, forgotten } = timeline;
  const entries = [...timeline.entries];
  const touches = new Map(timeline.touches);
  const draft: Draft = { entries, touches, nextId, resetAt };
  for (const moment of moments) step(draft, moment);
  const excess = Math.max(0, entries.length - limit);
  entries.splice(0, excess);
  for (const key of touches.keys()) {
    if (touches.size <= TOUCHED_KEYS) break;
    touches.delete(key);
  }
  return { ...draft, forgotten: forgotten + excess };
};

const step = (draft: Draft, moment: Moment): void => {
  const { event, at } = moment;
  switch (event.type) {
    case "call-start":
      add<CallEntry>(draft, at, { ...NEW_CALL, source: sourceOf(event) });
      break;
    case "call-done":
      patchCall(draft, event, (entry) => ({
        ...entry,
        endedAt: at,
        outcome: event.error ? "failed" : "done",
        error: errorText(event.error),
      }));
      break;
    case "answer-lost":
      patchCall(draft, event, (entry) => ({ ...entry, outcome: "lost" }));
      break;
    case "merge":
    case "invalidate":
    case "expect":
      affect(draft, moment, event, event.type);
      break;
    case "fetch-start":
      add<ReadEntry>(draft, at, {
        ...NEW_READ,
        key: event.key,
        cause: event.cause,
        reason: reasonOf(draft, event, moment),
      });
      break;
    case "fetch-done": {
      const { changed = [], isStale = false } = moment;
      endRead(draft, event, (entry) => ({
        ...entry,
        endedAt: at,
        outcome: "done",
        changed,
        isStale,
      }));
      break;
    }
    case "fetch-failed":
      endRead(draft, event, (entry) => ({
        ...entry,
        endedAt: at,
        outcome: "failed",
        error: errorText(event.error),
      }));
      break;
    case "fetch-dropped":
      endRead(draft, event, (entry) => ({
        ...entry,
        endedAt: at,
        outcome: "dropped",
        drop: dropOf(draft, entry, moment),
      }));
      break;
    case "reset":
      draft.resetAt = at;
      draft.touches.clear();
      notice(draft, at, "reset", "The client forgot all data and its session.");
      break;
    case "contract-changed":
      notice(
        draft,
        at,
        "contract changed",
        `The server speaks for another contract, ${clip(event.hash, 40)}: time to reload the page.`,
      );
      break;
    default:
    // Mounts and unmounts are seen in the list of instances.
  }
};

const NEW_CALL = {
  kind: "call",
  endedAt: null,
  outcome: "pending",
  error: null,
  effects: [],
  unlisted: 0,
} as const;

const NEW_READ = {
  kind: "read",
  endedAt: null,
  outcome: "pending",
  drop: null,
  error: null,
  merged: [],
  changed: [],
  isStale: false,
} as const;

const add = <E extends Entry>(
  draft: Draft,
  startedAt: number,
  entry: Omit<E, "id" | "startedAt">,
): void => {
  // What is left out of the type is added here.
  draft.entries.push({ ...entry, id: draft.nextId++, startedAt } as E);
};

const notice = (draft: Draft, at: number, title: string, text: string): void =>
  add<NoticeEntry>(draft, at, { kind: "notice", endedAt: at, title, text });

/** The function that made something happen, if a call of this client did. */
const sourceOf = (about: AboutCall | Cause | undefined): Source =>
  about?.call === undefined ? null : { call: about.call, fn: clip(String(about.fn), 80) };

const errorText = (error: (ClientEvent & { type: "call-done" })["error"]): string | null =>
  error
    ? clip(error.message === error.code ? error.code : `${error.code}: ${error.message}`, 300)
    : null;

/** Changes the latest entry of a kind that matches. Answers whether there was one. */
const patch = <E extends Entry>(
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

const patchCall = (
  draft: Draft,
  { call }: AboutCall,
  change: (entry: CallEntry) => CallEntry,
): boolean =>
  patch(
    draft,
    (entry): entry is CallEntry => entry.kind === "call" && entry.source?.call === call,
    change,
  );

const endRead = (
  draft: Draft,
  { key, cause }: InstanceEvent,
  change: (entry: ReadEntry) => ReadEntry,
): void =>
  void patch(
    draft,
    (entry): entry is ReadEntry => isOpenRead(entry, key) && entry.cause === cause,
    change,
  );

const isOpenRead = (entry: Entry, key: string): entry is ReadEntry =>
  entry.kind === "read" && entry.key === key && entry.endedAt === null;

const affect = (
  draft: Draft,
  { at, refusal }: Moment,
  event: InstanceEvent,
  kind: EffectLine["kind"],
): void => {
  const { key, cause, applied } = event;
  const slot = event.slot === undefined ? null : clip(event.slot, 80);
  const text = kind === "expect" ? null : textOfEffect(kind, event.effect);
  const source = sourceOf(cause);
  const effect: EffectLine = { at, key, kind, slot, refusal: refusal ?? null, text };
  if (kind === "expect") return listEffect(draft, at, cause, source, effect);
  const known = draft.touches.get(key) ?? [];
  // A merge that was refused is told once, and not again as the invalidation that it becomes.
  const last = known.at(-1);
  const isEcho =
    kind === "invalidate" &&
    last?.cause === cause &&
    !!last?.effect.refusal &&
    text !== null &&
    last.effect.text === textOfEffect("merge", event.effect);
  if (isEcho) return;
  // Put at the end anew, so that the instances that were touched longest ago are forgotten first.
  draft.touches.delete(key);
  draft.touches.set(key, [...known, { cause, source, effect }].slice(-TOUCHES_PER_KEY));
  if (applied && slot !== null) mergeIntoReads(draft, key, slot);
  listEffect(draft, at, cause, source, effect);
};

/** Slots that were merged since a read began keep what they show, whatever it is answered. */
const mergeIntoReads = (draft: Draft, key: string, slot: string): void => {
  draft.entries.forEach((entry, index) => {
    if (!isOpenRead(entry, key)) return;
    draft.entries[index] = { ...entry, merged: [...new Set([...entry.merged, slot])] };
  });
};

/** With the call whose answer it is of; effects of others get an entry of their own. */
const listEffect = (
  draft: Draft,
  at: number,
  cause: Cause | undefined,
  source: Source,
  effect: EffectLine,
): void => {
  const list = (entry: CallEntry): CallEntry =>
    entry.effects.length < EFFECTS_PER_CALL
      ? { ...entry, effects: [...entry.effects, effect] }
      : { ...entry, unlisted: entry.unlisted + 1 };
  if (source) {
    patchCall(draft, source, list);
    return;
  }
  // One answer is one step, so all that came with it is of one time.
  const isSame = (entry: Entry): entry is CallEntry =>
    entry.kind === "call" && entry.source === null && at - entry.startedAt < 1;
  if (cause?.type === "received" && !patch(draft, isSame, list)) {
    add<CallEntry>(draft, at, {
      ...NEW_CALL,
      endedAt: at,
      outcome: "done",
      source,
      effects: [effect],
    });
  }
};

const reasonOf = (draft: Draft, { key, cause }: InstanceEvent, { before }: Moment): Reason => {
  const known = draft.touches.get(key) ?? [];
  switch (cause?.type) {
    case "mount":
      return { kind: "mount", before, since: known.at(-1) ?? null };
    case "refetch":
    case "reset":
      return { kind: cause.type };
    case "call":
    case "received":
    case "answer-lost": {
      const touches = known.filter((touch) => touch.cause === cause);
      const since = touches[0]?.effect.at ?? Infinity;
      const isAgain = draft.entries.some(
        (entry) =>
          entry.kind === "read" &&
          entry.key === key &&
          entry.startedAt < since &&
          (entry.endedAt ?? Infinity) >= since,
      );
      const source = sourceOf(cause);
      return cause.type === "answer-lost"
        ? { kind: "lost", source, isAgain }
        : { kind: "effects", source, effects: touches.map(({ effect }) => effect), isAgain };
    }
    default:
      return { kind: "other", text: clip(String(Object(cause).type ?? "nobody said why")) };
  }
};

const dropOf = (draft: Draft, read: ReadEntry, { isUnwatched }: Moment): Drop => {
  if (draft.resetAt >= read.startedAt) return { kind: "reset" };
  if (isUnwatched) return { kind: "unwatched" };
  const touch = (draft.touches.get(read.key) ?? []).find(
    ({ effect }) => effect.at >= read.startedAt,
  );
  return touch ? { kind: "overtaken", source: touch.source } : { kind: "failed" };
};
