/** What went wrong: counted, and the first of each kind said in words. */

export type FaultKind =
  /** Something outside the envelope, or an answer that nothing of what happened explains. */
  | "answer"
  /** A read that began after a purge returned answered what was before it. */
  | "stale read"
  /** What was cached for longer than its ttl. */
  | "ttl"
  /** What a client showed was followed by something older. */
  | "backwards"
  /** At rest a client showed less than its own calls had done, or something else than the record. */
  | "at rest"
  /** Somebody got what is another's. */
  | "isolation"
  | "memory"
  /** A process wrote an error to its log, or ended by itself. */
  | "process";

const MOST_SHOWN = 5;
const MOST_NOTES = 6;

export class Faults {
  readonly counts = new Map<FaultKind, number>();
  #notes: readonly string[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** What happened until now, from then on. Said with faults that come soon after. */
  note(text: string, beganAt: number): void {
    const span = `${Math.round(beganAt)} to ${Math.round(performance.now())}`;
    this.#notes = [...this.#notes.slice(1 - MOST_NOTES), `${text} (${span})`];
  }

  add(kind: FaultKind, text: string): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count > MOST_SHOWN) return;
    this.#say(`fault: ${kind}: ${text}`);
    this.#say(`  at ${Math.round(performance.now())} after ${this.#notes.join(", ") || "nothing"}`);
  }
}
