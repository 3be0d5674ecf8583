/**
 * One run of `mizan gen`, from the configuration to the disk: the chain of the project's stages with the
 * machine around it. `gen` calls it once, `--watch` again and again with the same generator, which remembers
 * what it has read, compiled and written.
 *
 * It prints nothing but "waiting for another run"; what happened is in the result.
 *
 * Invariants: nothing is written unless the contract has no errors and nothing speaks against any file; the
 * lock is held from reading the contract to writing the manifest, so that an older contract never overwrites
 * the output of a newer one.
 */
import type { Diagnostic } from "../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../ir/source/source.js";
import { createWireMemory } from "../ir/print/wire-shape.js";
import { createPlanMemo } from "../templates/memo/memo.js";
import type { PlannedFile } from "../templates/plan.js";
import { createCompiler } from "./compiler.js";
import { readConfig, type Configuration, type Overrides } from "./config.js";
import { noContract, readContract, type ContractFiles } from "./contract-files.js";
import { exitOfReading } from "./contract-input.js";
import type { Dependencies } from "./format/config-files.js";
import { createPlanner } from "./format/planner.js";
import type { Host } from "./host.js";
import { toFolders } from "./project-paths.js";
import type { SeenFile } from "./seen-file.js";
import { hasErrors, toShown } from "./show.js";
import { createStopwatch, type Timing } from "./stopwatch.js";
import {
  acquireLock,
  carryOut,
  createDiskMemory,
  createJournal,
  inspect,
  noJournal,
  recover,
  type DiskMemory,
  type Inspection,
  type OutputFolder,
} from "./write.js";

export type GenerateRequest = {
  readonly overrides: Overrides;
  readonly force: boolean;
  /** False for `--check` and `--dry-run`. */
  readonly write: boolean;
  /** Whether notes of earlier runs may be used. */
  readonly cache: boolean;
  /** Whether `Generated.confirm` will be called: writing then does not wait for it. */
  readonly confirmLater: boolean;
  /** Whether more runs of the same generator follow: then it keeps what makes them fast. */
  readonly again: boolean;
};

export type Generated = {
  /** 0 when the output is (or would be) written; else why not. */
  readonly exit: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  /** Null when the configuration could not be read. */
  readonly configuration: Configuration | null;
  /** Where the configuration was found, even if it is wrong. */
  readonly configFile: string | null;
  /** The configuration as it was read. */
  readonly configSeen: SeenFile | null;
  readonly contract: ContractFiles;
  /** Null when the run did not get as far. */
  readonly inspection: Inspection | null;
  readonly planned: readonly PlannedFile[];
  readonly folders: readonly OutputFolder[];
  /** What whoever laid out the text has to say: for `--stats`. */
  readonly layout: string | null;
  /** On what else the output depends; null when nobody can tell. */
  readonly dependencies: Dependencies | null;
  /** The exact hash of a text that stands at a path, which is worked out once in a run. */
  readonly exactOf: DiskMemory["exactOf"];
  readonly timings: readonly Timing[];
  /** Has prettier confirm a sample of the layout; false asks for another run. */
  readonly confirm: () => Promise<boolean>;
};

export type Generator = { run(request: GenerateRequest): Promise<Generated> };

export function createGenerator(host: Host): Generator {
  const { files, machine } = host;
  const memory = createDiskMemory();
  const compiler = createCompiler();
  const planner = createPlanner(host, memory.spots);
  const memo = createPlanMemo();
  const wire = createWireMemory();
  const show = (path: string): string => toShown(machine.cwd, path);
  return { run };

  async function run(request: GenerateRequest): Promise<Generated> {
    const watch = createStopwatch(host.clock);
    const config = watch.time("config", () => readConfig(files, machine.cwd, request.overrides));
    const nothing: Generated = {
      exit: 2,
      diagnostics: config.diagnostics,
      sources: config.sources,
      configuration: config.value,
      configFile: config.file,
      configSeen: config.seen,
      contract: noContract,
      inspection: null,
      planned: [],
      folders: [],
      layout: null,
      dependencies: null,
      exactOf: memory.exactOf,
      timings: [],
      confirm: () => Promise.resolve(true),
    };
    if (config.value === null) return nothing;
    const found = { ...nothing, configuration: config.value };
    if (!request.write) return generate(found, config.value, request, watch);

    const answer = await acquireLock(host, config.value.cache, show);
    switch (answer.kind) {
      case "refused":
        return { ...found, exit: 1, diagnostics: [answer.diagnostic] };
      case "unavailable": {
        const done = await generate(found, config.value, request, watch);
        return { ...done, diagnostics: [answer.diagnostic, ...done.diagnostics] };
      }
      case "held":
        try {
          return await generate(found, config.value, request, watch);
        } finally {
          answer.lock.release();
        }
    }
  }

  async function generate(
    start: Generated,
    configuration: Configuration,
    request: GenerateRequest,
    watch: ReturnType<typeof createStopwatch>,
  ): Promise<Generated> {
    const contract = watch.time("read", () => readContract(files, configuration.contract, show));
    const read: Generated = {
      ...start,
      sources: [...start.sources, ...contract.value.sources],
      contract: contract.value,
      diagnostics: [...start.diagnostics, ...contract.diagnostics],
    };
    const exit = exitOfReading(contract.diagnostics);
    if (exit !== null) return { ...read, exit, timings: watch.timings() };

    const compiled = compiler.compile(contract.value.sources, watch);
    const checked = { ...read, diagnostics: [...read.diagnostics, ...compiled.diagnostics] };
    if (hasErrors(checked.diagnostics)) return { ...checked, exit: 1, timings: watch.timings() };

    const plan = await planner.plan({
      canonical: compiled.value,
      configuration,
      cache: request.cache,
      confirmLater: request.confirmLater,
      memo: request.again ? memo : null,
      wire,
      watch,
    });
    const folders = toFolders(configuration);
    const planned: Generated = {
      ...checked,
      planned: plan.files,
      folders,
      layout: plan.note,
      dependencies: plan.dependencies,
      confirm: plan.confirm,
      diagnostics: [...checked.diagnostics, ...plan.diagnostics],
    };
    if (hasErrors(planned.diagnostics)) {
      return { ...planned, exit: plan.exit, timings: watch.timings() };
    }

    const inspection = watch.time("compare", () =>
      inspect(files, memory, {
        folders,
        planned: plan.files,
        force: request.force,
        show,
        unfinished: request.write ? recover(files, configuration.cache) : new Map(),
      }),
    );
    const problems = hasErrors(inspection.diagnostics) || !request.write ? [] : write(inspection);
    const diagnostics = [...planned.diagnostics, ...inspection.diagnostics, ...problems];
    return {
      ...planned,
      exit: hasErrors(diagnostics) ? 1 : 0,
      diagnostics,
      inspection,
      timings: watch.timings(),
    };

    function write(what: Inspection): readonly Diagnostic[] {
      const hasCache = files.look(configuration.cache) !== null;
      const journal = hasCache ? createJournal(files, configuration.cache) : noJournal;
      return watch.time("write", () =>
        carryOut(what, { files, memory, journal, pid: machine.pid, show }),
      );
    }
  }
}
