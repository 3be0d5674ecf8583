/** What an answer says beyond its result: which data of a client it made old, and what replaces it. */

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

export type InvalidateEntry =
  | string
  | { readonly context: string; readonly params?: Readonly<Record<string, unknown>> }
  | { readonly function: string };

export interface Effects {
  readonly invalidate?: readonly InvalidateEntry[];
  readonly merge?: readonly MergeEntry[];
}
