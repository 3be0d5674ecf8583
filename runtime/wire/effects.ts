/** What an answer says beyond its result: which data of a client it made old, and what replaces it. */

/** What replaces a slot, or one element of it, in the instances of a context that agree with `params`. */
export interface MergeEntry {
  readonly context: string;
  readonly slot: string;
  readonly value: unknown;
  /** Absent: the entry reaches every instance of the context. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Absent: the slot is replaced. The others place or take away one element of a list. */
  readonly op?: "upsert" | "prepend" | "remove";
  /** The field by which elements are told apart; stands wherever `op` does. */
  readonly key?: string;
}

/**
 * What became old: a context by its wire name, all instances of it or those that agree with `params`; or every context
 * that holds the slot of this function.
 */
export type InvalidateEntry =
  | string
  | { readonly context: string; readonly params?: Readonly<Record<string, unknown>> }
  | { readonly function: string };

/** As they stand in an answer, merges first, and as `receive` takes them, for which merges only make old. */
export interface Effects {
  readonly invalidate?: readonly InvalidateEntry[];
  readonly merge?: readonly MergeEntry[];
}
