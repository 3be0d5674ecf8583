/**
 * What is worked out in one run and still holds in the next.
 *
 * An answer is kept together with all that was read for it: *cells*, each of which says what a name stands for
 * and is set once per run before anybody reads it, and other answers. It holds as long as all of that does. So
 * nobody lists what something depends on: it depends on what it read.
 *
 * Not kept is an answer for which something was reported, since that has to be said in every run, nor one that
 * looked at something else (`forget`).
 */
import type { Diagnostic } from "./diagnostics/diagnostic.js";

type Cell = { readonly kind: "cell"; value: unknown };

/** What a cell says whose name has gone. Nobody has ever read it from one. */
const gone = Symbol("gone");

/** What the names of one kind stand for. */
export class Names<T> {
  readonly #cells = new Map<
    string,
    { readonly kind: "cell"; value: T | undefined | typeof gone }
  >();

  /** Sets all of them. A value that is the same as before counts as unchanged. */
  set(values: ReadonlyMap<string, T>, isSame: (before: T, now: T) => boolean = Object.is): void {
    for (const [name, value] of values) {
      const cell = this.#cells.get(name);
      if (cell === undefined) this.#cells.set(name, { kind: "cell", value });
      else if (cell.value === undefined || cell.value === gone || !isSame(cell.value, value)) {
        cell.value = value;
      }
    }
    if (this.#cells.size === values.size) return;
    for (const [name, cell] of this.#cells) {
      if (values.has(name)) continue;
      cell.value = gone;
      this.#cells.delete(name);
    }
  }

  /** What a name stands for, if anything. Whoever asks depends on it. */
  read(name: string, ledger: Ledger): T | undefined {
    let cell = this.#cells.get(name);
    if (cell === undefined) this.#cells.set(name, (cell = { kind: "cell", value: undefined }));
    ledger.note(cell);
    return cell.value === gone ? undefined : cell.value;
  }
}

/** An answer and what was read for it. */
export type Derived<T> = {
  readonly kind: "derived";
  readonly value: T;
  /** Null once it holds no longer than the run that it was last used in. */
  reads: readonly Read[] | null;
  /** The last run in which it held. */
  run: number;
};

/** A cell with what it said, or another answer. */
type Read =
  Derived<unknown> | { readonly kind: "said"; readonly cell: Cell; readonly value: unknown };

export type DerivedBy<Node extends object, T> = WeakMap<Node, Derived<T>>;

/** Notes what is read in one run, and decides what of earlier runs still holds. */
export class Ledger {
  readonly #run: number;
  readonly #out: readonly Diagnostic[];
  readonly #whole: boolean;
  /** For the answer that is being worked out: what was read, or null if it is not to be kept. */
  #reads: (Cell | Derived<unknown>)[] | null = null;

  /** `run` differs from run to run; `out` is where faults go; `whole` is false if a file could not be read. */
  constructor(run: number, out: readonly Diagnostic[], whole: boolean) {
    this.#run = run;
    this.#out = out;
    this.#whole = whole;
  }

  note(read: Cell | Derived<unknown>): void {
    if (this.#reads !== null && !this.#reads.includes(read)) this.#reads.push(read);
  }

  /** Says that the answer being worked out depends on something else, too. */
  forget(): void {
    this.#reads = null;
  }

  /** The answer for a node: the known one if it holds, else made anew. */
  derive<Node extends object, T>(known: DerivedBy<Node, T>, node: Node, make: () => T): T {
    const before = known.get(node);
    if (before !== undefined && this.#holds(before)) {
      this.#use(before);
      return before.value;
    }
    const outer = this.#reads;
    const reported = this.#out.length;
    this.#reads = this.#whole ? [] : null;
    const value = make();
    const reads = this.#out.length === reported ? (this.#reads?.map(toRead) ?? null) : null;
    this.#reads = outer;
    const derived: Derived<T> = { kind: "derived", value, reads, run: this.#run };
    known.set(node, derived);
    this.#use(derived);
    return value;
  }

  #use(derived: Derived<unknown>): void {
    if (derived.reads === null) this.forget();
    else if (derived.reads.length > 0) this.note(derived);
  }

  #holds(derived: Derived<unknown>): boolean {
    if (derived.run === this.#run) return true;
    const holds = derived.reads?.every((read) =>
      read.kind === "said" ? read.cell.value === read.value : this.#holds(read),
    );
    if (holds === true) derived.run = this.#run;
    else derived.reads = null;
    return holds === true;
  }
}

function toRead(read: Cell | Derived<unknown>): Read {
  return read.kind === "cell" ? { kind: "said", cell: read, value: read.value } : read;
}
