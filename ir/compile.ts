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

/** What a caller may put around the stages: a clock, and a memory of files that were parsed before. */
export type Conduct = {
  readonly time: <T>(stage: "parse" | "lower" | "canonicalize" | "validate", action: () => T) => T;
  readonly parse: typeof parse;
};

const plainly: Conduct = { time: (_, action) => action(), parse };

/**
 * Compiles the files of one contract. The value is there whatever is wrong; only plan and write wait for
 * zero errors.
 */
export function compile(files: readonly SourceFile[]): Outcome<Canonical> {
  return run(files, () => [], plainly);
}

/**
 * Compiles a contract that is to be generated from: what it may say but the installed generator and runtime
 * do not do yet is an error too.
 */
export function compileForUse(
  files: readonly SourceFile[],
  conduct: Conduct = plainly,
): Outcome<Canonical> {
  return run(files, notSupportedYet, conduct);
}

function run(
  files: readonly SourceFile[],
  rules: (canonical: Canonical) => readonly Diagnostic[],
  { time, parse: parseFile }: Conduct,
): Outcome<Canonical> {
  const parsed = time("parse", () => files.map((file) => parseFile(file)));
  const documents = parsed.map((outcome) => outcome.value);
  const lowered = time("lower", () => lower(documents));
  const canonical = time("canonicalize", () => canonicalize(lowered.value));
  const found = [
    ...parsed.flatMap((outcome) => outcome.diagnostics),
    ...lowered.diagnostics,
    ...canonical.diagnostics,
  ];
  const broken = time("validate", () => [
    ...validate(canonical.value, lowered.value, found),
    ...rules(canonical.value),
  ]);
  const diagnostics = [...found, ...broken];
  return {
    value: canonical.value,
    diagnostics: sortDiagnostics(withoutIgnored(diagnostics, documents)),
  };
}
