/**
 * The whole compiler on one screen: `parse → lower → canonicalize → validate`.
 *
 * Pure. What it cannot have (files, a clock, a hash) is handed in by the caller.
 */
import type { Outcome } from "./diagnostics/diagnostic.js";
import type { Canonical } from "./model/canonical.js";
import type { SourceFile } from "./source/source.js";

/** Compiles the files of one contract. The value is there whatever is wrong; only plan and write wait for zero errors. */
export function compile(_files: readonly SourceFile[]): Outcome<Canonical> {
  throw new Error("not built yet");
}
