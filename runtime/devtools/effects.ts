/** What the entries of an answer did, told with the call that was answered and remembered for the reads to come. */
import type { Cause, InstanceEvent } from "../client/events.js";
import { add, isOpenRead, NEW_CALL, patch, patchCall, sourceOf, type Draft } from "./draft.js";
import { clip, textOfEffect } from "./text.js";
import type { CallEntry, EffectLine, Entry, Moment, Source } from "./timeline.js";

const EFFECTS_PER_CALL = 60;
const TOUCHES_PER_KEY = 6;

export const affect = (
  draft: Draft,
  { at, refusal, isByPanel }: Moment,
  event: InstanceEvent,
  kind: EffectLine["kind"],
): void => {
  const { key, cause, applied } = event;
  const slot = event.slot === undefined ? null : clip(event.slot, 80);
  const text = kind === "expect" ? null : textOfEffect(kind, event.effect);
  const source = sourceOf(cause, isByPanel);
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
  if (source.call !== null) {
    if (!patchCall(draft, source, list) && effect.kind === "expect") {
      add<CallEntry>(draft, at, { ...NEW_CALL, source, effects: [effect] });
    }
    return;
  }
  const isSame = (entry: Entry): entry is CallEntry =>
    entry.kind === "call" && entry.cause === cause;
  if (cause?.type === "received" && !patch(draft, isSame, list)) {
    add<CallEntry>(draft, at, {
      ...NEW_CALL,
      endedAt: at,
      outcome: "done",
      source,
      cause,
      effects: [effect],
    });
  }
};
