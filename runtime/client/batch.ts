/**
 * Instances that one answer made stale become fresh in one step. Their answers wait for each other, but
 * not longer than a second after the first: then what is there is shown, and the rest as it comes.
 */
import type { Instance } from "./instance.js";

const LONGEST_HOLD_MS = 1000;

export interface Batch {
  readonly members: Set<Instance>;
  /** When waiting ends, in milliseconds since the epoch; infinite until the first answer is here. */
  due: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Makes one batch of the instances and all that they were in a batch with; the earliest end counts. */
export function gather(instances: Iterable<Instance>, expire: (batch: Batch) => void): void {
  const members = new Set(instances);
  const batch: Batch = { members, due: Infinity, timer: undefined };
  for (const { batch: former } of members) {
    if (!former) continue;
    // Members that are added here are visited by the loop as well.
    former.members.forEach((member) => members.add(member));
    clearTimeout(former.timer);
    batch.due = Math.min(batch.due, former.due);
  }
  for (const member of members) member.batch = batch;
  if (batch.due < Infinity) start(batch, expire);
}

/** To be called with each answer that waits. */
export function startClock(batch: Batch, expire: (batch: Batch) => void): void {
  if (batch.due < Infinity) return;
  batch.due = Date.now() + LONGEST_HOLD_MS;
  start(batch, expire);
}

function start(batch: Batch, expire: (batch: Batch) => void): void {
  batch.timer = setTimeout(() => expire(batch), batch.due - Date.now());
}

export function isComplete({ members }: Batch): boolean {
  return [...members].every(({ read }) => read?.held);
}

/** Ends the batch. */
export function disband({ members, timer }: Batch): void {
  clearTimeout(timer);
  for (const member of members) member.batch = undefined;
}
