/**
 * From events to a timeline, with a reason for everything. Pure; a batch of moments costs one copy of the list.
 *
 * What it relies on of the kernel: all events of one read carry the same cause object, and so do all effects of
 * one answer (`events.ts`). Events that a newer kernel may have are left out, and causes are told by their name.
 */
import type { MizanError } from "../wire/error.js";
import { dropOf, reasonOf } from "./causes.js";
import { add, endRead, NEW_CALL, NEW_READ, patchCall, sourceOf, type Draft } from "./draft.js";
import { affect } from "./effects.js";
import { clip, nameOfKey, safely } from "./text.js";
import type { CallEntry, Moment, NoticeEntry, ReadEntry, Timeline } from "./timeline.js";

/** Entries that a timeline keeps unless told otherwise. */
export const DEFAULT_LIMIT = 300;
const TOUCHED_KEYS = 1000;

export const reduce = (
  timeline: Timeline,
  moments: readonly Moment[],
  limit: number = DEFAULT_LIMIT,
): Timeline => {
  const { touches: known, ...rest } = timeline;
  const touches = new Map(known);
  const draft: Draft = { ...rest, entries: [...timeline.entries], touches };
  for (const moment of moments) {
    step(draft, moment);
    // Now and then, so that looking for an entry stays cheap in the middle of a large batch.
    if (draft.entries.length > 2 * limit) forget(draft, limit);
  }
  forget(draft, limit);
  for (const key of touches.keys()) {
    if (touches.size <= TOUCHED_KEYS) break;
    touches.delete(key);
  }
  return draft;
};

/** Lets go of the oldest. */
const forget = (draft: Draft, limit: number): void => {
  const excess = Math.max(0, draft.entries.length - limit);
  draft.entries.splice(0, excess);
  draft.forgotten += excess;
};

const step = (draft: Draft, moment: Moment): void => {
  const { event, at } = moment;
  switch (event.type) {
    case "call-start":
      // What is expected of a call is told before it starts.
      if (!patchCall(draft, event, (entry) => entry)) {
        add<CallEntry>(draft, at, { ...NEW_CALL, source: sourceOf(event) });
      }
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
    case "fetch-slowed":
      notice(
        draft,
        at,
        "slowed down",
        `${nameOfKey(event.key)} is asked for so often that something goes round in circles.`,
      );
      break;
    default:
    // Mounts and unmounts are seen in the list of instances.
  }
};

const notice = (draft: Draft, at: number, title: string, text: string): void =>
  add<NoticeEntry>(draft, at, { kind: "notice", endedAt: at, title, text });

/** A server may say anything, and a message that is no text is one that may throw. */
const errorText = (error: MizanError | undefined): string | null =>
  error
    ? safely(() => (error.message === error.code ? error.code : `${error.code}: ${error.message}`))
    : null;
