/**
 * The whole compiler on one screen: `parse → lower → canonicalize → validate`.
 *
 * Pure. What it cannot have (files, a clock, a hash) is handed in by the caller. Every stage runs on what
 * the one before it found sound, so all faults of a contract come out of one run.
 */
import { canonicalize } from "./canonicalize/canonicalize.js";
import type { Diagnostic, Outcome } from "./diagnostics/diagnostic.js";
import { sortDiagnostics } from "./diagnostics/sort.js";
import { withoutIgnored } from "./ignored.js";
import { lower } from "./lower/lower.js";
import type { Canonical } from "./model/canonical.js";
import { parse } from "./parse/parse.js";
import type { SourceFile } from "./source/source.js";
import { notSupportedYet } from "./validate/supported.js";
import { validate } from "./validate/validate.js";

/**
 * Compiles the files of one contract. The value is there whatever is wrong; only plan and write wait for
 * zero errors.
 */
export function compile(files: readonly SourceFile[]): Outcome<Canonical> {
  return run(files, () => []);
}

/**
 * Compiles a contract that is to be generated from: what it may say but the installed generator and runtime
 * do not do yet is an error too.
 */
export function compileForUse(files: readonly SourceFile[]): Outcome<Canonical> {
  return run(files, notSupportedYet);
}

function run(
  files: readonly SourceFile[],
  rules: (canonical: Canonical) => readonly Diagnostic[],
): Outcome<Canonical> {
  const parsed = files.map(parse);
  const documents = parsed.map((outcome) => outcome.value);
  const lowered = lower(documents);
  const canonical = canonicalize(lowered.value);
  const found = [
    ...parsed.flatMap((outcome) => outcome.diagnostics),
    ...lowered.diagnostics,
    ...canonical.diagnostics,
  ];
  const diagnostics = [
    ...found,
    ...validate(canonical.value, lowered.value, found),
    ...rules(canonical.value),
  ];
  return {
    value: canonical.value,
    diagnostics: sortDiagnostics(withoutIgnored(diagnostics, documents)),
  };
}
