/**
 * The compiler with the clock and the memory that the pure one has not: times per stage, and documents of
 * files whose text is what it was, which `--watch` does not parse again.
 */
import { compileForUse, createMemory } from "../ir/compile.js";
import type { Outcome } from "../ir/diagnostics/diagnostic.js";
import type { Canonical } from "../ir/model/canonical.js";
import type * as syntax from "../ir/model/syntax.js";
import { parse } from "../ir/parse/parse.js";
import type { SourceFile } from "../ir/source/source.js";
import type { Stopwatch } from "./stopwatch.js";

export type Compiler = {
  compile(sources: readonly SourceFile[], watch: Stopwatch): Outcome<Canonical>;
};

export function createCompiler(): Compiler {
  const memory = createMemory();
  /** By index of the file: spans carry it, so a file that moved up in the list is parsed again. */
  let known: ReadonlyMap<number, { text: string; outcome: Outcome<syntax.Document> }> = new Map();
  return {
    compile(sources, watch) {
      const parsed = new Map<number, { text: string; outcome: Outcome<syntax.Document> }>();
      const parseOnce = (file: SourceFile): Outcome<syntax.Document> => {
        const before = known.get(file.id);
        const outcome = before?.text === file.text ? before.outcome : parse(file);
        parsed.set(file.id, { text: file.text, outcome });
        return outcome;
      };
      const outcome = compileForUse(sources, { time: watch.time, parse: parseOnce, memory });
      known = parsed;
      return outcome;
    },
  };
}
