/**
 * Instances that one answer made stale become fresh in one step (rule 5): their answers wait for each
 * other, but not longer than a second after the first; then what is there is shown, and the rest as it
 * comes.
 */

import { LONGEST_HOLD_MS } from "./limits.js";

/** What a batch needs of an instance. */
export interface Member {
  /** @internal */
  _batch?: Batch | undefined;
  /** @internal Shows the answer that is here and waits for the others. */
  _held?: (() => void) | undefined;
}

/** All members have the same one. */
export interface Batch extends Set<Member> {
  /** @internal The batch that this one became part of. */
  _joined?: Batch;
}

/** Makes one batch of the members and all that they were in a batch with. */
export const gather = (members: readonly Member[]): void => {
  const all: Batch = new Set(members.flatMap((member) => [...(member._batch ?? [member])]));
  for (const member of all) {
    if (member._batch) member._batch._joined = all;
    member._batch = all;
  }
};

/** To be called when the answer of a member arrives. The first of these timers to end ends the batch. */
export const hold = (member: Member, held: () => void, finish: () => void): void => {
  const { _batch: batch } = member;
  member._held = held;
  setTimeout(() => {
    show(batch, true);
    finish();
  }, LONGEST_HOLD_MS);
  show(batch);
};

export const leave = (member: Member): void => {
  const { _batch: batch } = member;
  member._batch = member._held = undefined;
  batch?.delete(member);
  show(batch);
};

/**
 * Shows what has arrived, and ends the batch, if that is all or waiting is over. Of a batch that joined
 * another, that one is meant.
 */
const show = (batch?: Batch, isDue?: boolean): void => {
  if (batch?._joined) return show(batch._joined, isDue);
  const members = [...(batch ?? [])];
  if (isDue || members.every(({ _held: held }) => held)) {
    batch?.clear();
    for (const member of members) {
      member._batch = undefined;
      member._held?.();
    }
  }
};
