/**
 * What every stage answers with beside its value: facts about the contract, each with a stable code, a
 * place, and a next step. The catalogue (`catalogue.ts`) is the only maker.
 */
import type { Span } from "../source/source.js";

export type Severity = "error" | "warning";

/** A place and a few words shown under it. */
export type Label = { readonly span: Span; readonly text: string };

/** A mechanical repair: replace the text of a span. */
export type Fix = { readonly span: Span; readonly replacement: string };

export type Diagnostic = {
  /** Stable, never reused: `MZ2001`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is true. */
  readonly message: string;
  /** Where, with a few words; null when no file is concerned. */
  readonly primary: Label | null;
  /** Other places that take part, such as the first declaration of a repeated name. */
  readonly related: readonly Label[];
  /** What to do about it. */
  readonly help: string | null;
  readonly fix: Fix | null;
};

/** The answer of a stage. A stage never throws for a user's mistake. */
export type Outcome<T> = { readonly value: T; readonly diagnostics: readonly Diagnostic[] };
