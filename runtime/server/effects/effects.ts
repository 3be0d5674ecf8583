/**
 * What an answer says beyond its result: which contexts became stale (`invalidate`), and which values go
 * straight into them (`merge`).
 *
 * Does: keep the entries of one request, each once, and write the header. Does not: know contracts; what
 * is declared is compiled in `declared-effects.ts`, what handlers add comes from `handler-effects.ts`.
 */
import { compareCodePoints, encodeWord, toWord } from "../../wire/words.js";
import { setOwn, type Plain } from "../values/own.js";

/** Sorted by name; null and absent values are left out before. */
export type Params = readonly (readonly [name: string, value: unknown])[];

export type Invalidation =
  { readonly context: string; readonly params: Params } | { readonly function: string };

export type MergeEntry = {
  readonly context: string;
  readonly slot: string;
  readonly value: unknown;
  readonly params: Params;
  readonly op?: "upsert" | "prepend" | "remove";
  readonly key?: string;
};

export const byName = (
  [left]: readonly [string, unknown],
  [right]: readonly [string, unknown],
): number => compareCodePoints(left, right);

export class Effects {
  // Most answers say nothing, so neither exists before it is needed. By header text: equal entries are one.
  #invalidations: Map<string, Invalidation> | null = null;
  #merges: MergeEntry[] | null = null;
  #takesLate: ((entry: Invalidation) => void) | null = null;

  /** The answer is made: what is said from now on goes to `takesLate`, merges as invalidations. */
  close(takesLate: (entry: Invalidation) => void): void {
    this.#takesLate = takesLate;
  }

  get isClosed(): boolean {
    return this.#takesLate !== null;
  }

  invalidate(entry: Invalidation): void {
    if (this.#takesLate !== null) return this.#takesLate(entry);
    this.#invalidations ??= new Map();
    this.#invalidations.set(headerText(entry), entry);
  }

  merge(entry: MergeEntry): void {
    const { context, params } = entry;
    if (this.#takesLate !== null) return this.#takesLate({ context, params });
    (this.#merges ??= []).push(entry);
  }

  /** Takes over the entries of a function that ran inside this one. */
  join(other: Effects): void {
    for (const entry of other.#invalidations?.values() ?? []) this.invalidate(entry);
    for (const entry of other.#merges ?? []) this.merge(entry);
  }

  /** Puts what the contract declares before what the handler said while it ran. */
  lead(declared: Effects): void {
    const said = this.#invalidations;
    if (declared.#invalidations !== null) {
      this.#invalidations = declared.#invalidations;
      for (const entry of said?.values() ?? []) this.invalidate(entry);
    }
    if (declared.#merges !== null) {
      this.#merges = [...declared.#merges, ...(this.#merges ?? [])];
    }
  }

  /**
   * What remains true when the handler failed afterwards: what it or a called function changed is stale,
   * but the values it meant to merge may never have come to be.
   */
  afterFailure(): Effects {
    const left = new Effects();
    for (const entry of this.#invalidations?.values() ?? []) left.invalidate(entry);
    for (const { context, params } of this.#merges ?? []) left.invalidate({ context, params });
    return left;
  }

  /** Everything that became stale or was given a new value. */
  *reached(): Iterable<Invalidation> {
    yield* this.#invalidations?.values() ?? [];
    yield* this.#merges ?? [];
  }

  get isEmpty(): boolean {
    return this.#invalidations === null && this.#merges === null;
  }

  /** The body's `invalidate`; undefined when there is nothing to say. */
  toInvalidate(): unknown[] | undefined {
    return this.#invalidations
      ? Array.from(this.#invalidations.values(), toInvalidateEntry)
      : undefined;
  }

  /** The body's `merge`; undefined when there is nothing to say. */
  toMerge(): unknown[] | undefined {
    return this.#merges?.map(toMergeEntry);
  }

  /** `X-Mizan-Invalidate`; null when there is nothing to say. */
  toHeader(): string | null {
    if (this.#invalidations === null) return null;
    const whole = Array.from(this.#invalidations.keys()).join(", ");
    if (whole.length <= LONGEST_HEADER) return whole;
    const bare = Array.from(this.#invalidations.values(), (entry) =>
      headerText("context" in entry ? { context: entry.context, params: [] } : entry),
    );
    return Array.from(new Set(bare)).join(", ");
  }
}

function toInvalidateEntry(entry: Invalidation): unknown {
  if ("function" in entry) return { function: entry.function };
  if (entry.params.length === 0) return entry.context;
  return { context: entry.context, params: toObject(entry.params) };
}

const toMergeEntry = ({ context, slot, value, params, op, key }: MergeEntry): unknown => ({
  context,
  slot,
  value,
  ...(params.length > 0 && { params: toObject(params) }),
  ...(op !== undefined && { op, key }),
});

/** Beyond it scoped entries become the bare names of their contexts: wider, never narrower. */
const LONGEST_HEADER = 4096;

function headerText(entry: Invalidation): string {
  if ("function" in entry) return `()${encodeWord(entry.function)}`;
  let text = encodeWord(entry.context);
  for (const [name, value] of entry.params) {
    text += `;${encodeWord(name)}=${encodeWord(toWord(value))}`;
  }
  return text;
}

function toObject(params: Params): Plain {
  const object: Plain = {};
  for (const [name, value] of params) setOwn(object, name, value);
  return object;
}
