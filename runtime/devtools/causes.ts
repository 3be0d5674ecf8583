/** Why a read was made, and why its answer was not shown: found among what is known when it happens. */
import type { InstanceEvent } from "../client/events.js";
import { sourceOf, type Draft } from "./draft.js";
import { clip } from "./text.js";
import type { Drop, Moment, ReadEntry, Reason } from "./timeline.js";

export const reasonOf = (
  draft: Draft,
  { key, cause }: InstanceEvent,
  { before }: Moment,
): Reason => {
  const known = draft.touches.get(key) ?? [];
  switch (cause?.type) {
    case "mount":
      return { kind: "mount", before, since: known.at(-1) ?? null };
    case "refetch":
      return { kind: "refetch", before };
    case "reset":
      return { kind: "reset" };
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
      const source = touches[0]?.source ?? sourceOf(cause);
      return cause.type === "answer-lost"
        ? { kind: "lost", source, isAgain }
        : { kind: "effects", source, effects: touches.map(({ effect }) => effect), isAgain };
    }
    default:
      return { kind: "other", text: clip(String(Object(cause).type ?? "nobody said why")) };
  }
};

export const dropOf = (draft: Draft, read: ReadEntry, { isUnwatched }: Moment): Drop => {
  if (draft.resetAt >= read.startedAt) return { kind: "reset" };
  if (isUnwatched) return { kind: "unwatched" };
  const touch = (draft.touches.get(read.key) ?? []).find(
    ({ effect }) => effect.at >= read.startedAt,
  );
  return touch ? { kind: "overtaken", source: touch.source } : { kind: "failed" };
};
