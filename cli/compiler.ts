/**
 * The compiler with the clock and the memory that the pure one has not: times per stage, and what earlier
 * runs of the same process have already worked out.
 */
import { compileForUse } from "../ir/compile.js";
import type { Outcome } from "../ir/diagnostics/diagnostic.js";
import type { Canonical } from "../ir/model/canonical.js";
import type { SourceFile } from "../ir/source/source.js";
import type { Stopwatch } from "./stopwatch.js";

export type Compiler = {
  compile(sources: readonly SourceFile[], watch: Stopwatch): Outcome<Canonical>;
};

export function createCompiler(): Compiler {
  return { compile: (sources, watch) => watch.time("compile", () => compileForUse(sources)) };
}
