/**
 * The whole compiler on one screen: `parse → lower → canonicalize → validate`.
 *
 * Pure. What it cannot have (files, a clock, a hash) is handed in by the caller. Every stage runs on what
 * the one before it found sound, so all faults of a contract come out of one run.
 *
 * With a `Memory` of earlier runs the answer is the same as without, and comes sooner. What it then guarantees
 * to whoever keys something by identity: a node of `Canonical` (`Type`, `Enum`, `DeclaredError`, `Fn`,
 * `Context`, `View`, `Channel`) is the same object as in the run before exactly when it is equal in all it
 * holds, places included. So nodes of files that did not change are the same objects unless what they resolved
 * to changed, and of a file that was edited those above the edit. A list of nodes in which nothing changed is
 * the same list. A node holds names, not the nodes they refer to: what is made of a node *and* of the struct that
 * its output names has to be keyed by both.
 */
import { canonicalize } from "./canonicalize/canonicalize.js";
import { createCanonicalMemory, type CanonicalMemory } from "./canonicalize/memory.js";
import type { Outcome } from "./diagnostics/diagnostic.js";
import { sortDiagnostics } from "./diagnostics/sort.js";
import { withoutEchoes } from "./echoes.js";
import { withoutIgnored } from "./ignored.js";
import { lower, type LowerMemory } from "./lower/lower.js";
import type { Canonical } from "./model/canonical.js";
import { parse } from "./parse/parse.js";
import type { SourceFile } from "./source/source.js";
import type { Rule } from "./validate/facts.js";
import { createValidationMemory, type ValidationMemory } from "./validate/memory.js";
import { generatedNames, printedNames } from "./validate/names.js";
import { notSupportedYet } from "./validate/supported.js";
import { validate } from "./validate/validate.js";

/**
 * What earlier runs made, so that the next one need not make it again. It belongs to the caller, who hands the
 * same one to each run over the files of one contract; it holds no more than the last run needed.
 */
export type Memory = {
  readonly lowered: LowerMemory;
  readonly canonical: CanonicalMemory;
  readonly validation: ValidationMemory;
};

export function createMemory(): Memory {
  return {
    lowered: new WeakMap(),
    canonical: createCanonicalMemory(),
    validation: createValidationMemory(),
  };
}

/** What a caller may put around the stages: a clock, files that were parsed before, and what was made of them. */
export type Conduct = {
  readonly time: <T>(stage: "parse" | "lower" | "canonicalize" | "validate", action: () => T) => T;
  readonly parse: typeof parse;
  readonly memory?: Memory;
};

const plainly: Conduct = { time: (_, action) => action(), parse };

/**
 * Compiles the files of one contract. The value is there whatever is wrong; only plan and write wait for
 * zero errors.
 */
export function compile(files: readonly SourceFile[]): Outcome<Canonical> {
  return run(files, generatedNames, plainly);
}

/**
 * Compiles a contract that is only to be printed. Names that meet in generated code alone are no fault then: the
 * family has no such code, and the printed form has names that the contract did not have to have (`userOutput`
 * beside `UserOutput`).
 */
export function compileToPrint(files: readonly SourceFile[]): Outcome<Canonical> {
  return run(files, printedNames, plainly);
}

/**
 * Compiles a contract that is to be generated from: what it may say but the installed generator and runtime
 * do not do yet is an error too.
 */
export function compileForUse(
  files: readonly SourceFile[],
  conduct: Conduct = plainly,
): Outcome<Canonical> {
  return run(files, [...generatedNames, notSupportedYet], conduct);
}

function run(
  files: readonly SourceFile[],
  more: readonly Rule[],
  { time, parse: parseFile, memory = createMemory() }: Conduct,
): Outcome<Canonical> {
  const parsed = time("parse", () => files.map((file) => parseFile(file)));
  const documents = parsed.map(({ value }, index) =>
    files[index]?.damaged ? { ...value, whole: false } : value,
  );
  const lowered = time("lower", () => lower(documents, memory.lowered));
  const canonical = time("canonicalize", () => canonicalize(lowered.value, memory.canonical));
  const early = [
    parsed.flatMap((outcome) => outcome.diagnostics),
    lowered.diagnostics,
    canonical.diagnostics,
  ];
  const found = early.flat();
  const broken = time("validate", () =>
    validate(canonical.value, lowered.value, found, memory.validation, more),
  );
  const damaged = new Set(files.filter((file) => file.damaged).map(({ id }) => id));
  const diagnostics = withoutEchoes([...early, broken], files).filter(
    ({ primary }) => primary === null || !damaged.has(primary.span.file),
  );
  return {
    value: canonical.value,
    diagnostics: sortDiagnostics(withoutIgnored(diagnostics, documents)),
  };
}
