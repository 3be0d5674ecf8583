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
  readonly members: Set<Member>;
  /** When waiting ends, in milliseconds since the epoch; infinite until the first answer is here. */
  due: number;
}

/** Makes one batch of the members and all that they were in a batch with; the earliest end counts. */
export function gather(members: readonly Member[]): void {
  const former = new Set(members.flatMap(({ batch }) => batch ?? []));
  const [batch = { members: new Set(), due: Infinity }, ...others] = [...former].sort(
    (a, b) => a.due - b.due,
  );
  for (const member of [...members, ...others.flatMap((other) => [...other.members])]) {
    batch.members.add(member);
    member.batch = batch;
  }
  for (const other of others) other.members.clear();
}

/** To be called when an answer of a member is held. */
export function hold(batch: Batch, finish: () => void): void {
  if (batch.due === Infinity) {
    batch.due = Date.now() + LONGEST_HOLD_MS;
    setTimeout(() => {
      show(batch);
      finish();
    }, LONGEST_HOLD_MS);
  }
  showIfComplete(batch);
}

export function showIfComplete(batch: Batch): void {
  if ([...batch.members].every((member) => member.isHeld())) show(batch);
}

/** Ends the batch and shows what has arrived. */
function show({ members }: Batch): void {
  const all = [...members];
  members.clear();
  for (const member of all) member.batch = undefined;
  for (const member of all) member.showHeld();
}
