/**
 * Instances that one answer made stale become fresh in one step (rule 5): their answers wait for each
 * other, but not longer than a second after the first; then what is there is shown, and the rest as it
 * comes.
 */

const LONGEST_HOLD_MS = 1000;

/** What a batch needs of an instance. */
export interface Member {
  batch?: Batch | undefined;
  /** Its answer is here and waits. */
  readonly isHeld: () => boolean;
  readonly showHeld: () => void;
}

export interface Batch {
  readonly members: ReadonlySet<Member>;
  /** To be called when an answer of a member is held. */
  readonly hold: () => void;
  readonly leave: (member: Member) => void;
  /** Calls the end of the waiting off; the answer is when it would have been. */
  readonly stop: () => number;
}

/** Makes one batch of the members and all that they were in a batch with; the earliest end counts. */
export function gather(members: Set<Member>, finish: () => void): void {
  /** In milliseconds since the epoch; infinite until the first answer is here. */
  let due = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    clearTimeout(timer);
    for (const member of members) member.batch = undefined;
    for (const member of members) member.showHeld();
  };
  const wait = (until: number): void => {
    if (due < Infinity) return;
    due = until;
    timer = setTimeout(() => {
      show();
      finish();
    }, due - Date.now());
  };
  const showIfComplete = (): void => {
    if ([...members].every((member) => member.isHeld())) show();
  };
  const batch: Batch = {
    members,
    hold: () => {
      wait(Date.now() + LONGEST_HOLD_MS);
      showIfComplete();
    },
    leave: (member) => {
      members.delete(member);
      showIfComplete();
    },
    stop: () => {
      clearTimeout(timer);
      return due;
    },
  };
  let earliest = Infinity;
  // Members that are added on the way are visited as well.
  for (const member of members) {
    earliest = Math.min(earliest, member.batch?.stop() ?? earliest);
    member.batch?.members.forEach((other) => members.add(other));
    member.batch = batch;
  }
  if (earliest < Infinity) wait(earliest);
}
