/**
 * Planned text in the project's own layout. `templates/` lays out by itself what it can: then prettier only
 * confirms a sample. Where a project's options are beyond it, or a sample is not confirmed, prettier formats
 * everything, and remembers.
 *
 * Options are asked for per folder and kind of file; files of different layouts are planned once per layout.
 */
import { dirname, join } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic, Outcome } from "../../ir/diagnostics/diagnostic.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { defaultLayout, type Layout } from "../../templates/layout/layout.js";
import { plan, type PlannedFile } from "../../templates/plan.js";
import type { Configuration } from "../config.js";
import type { Host } from "../host.js";
import { toContractPath, toFolders, toImportPath } from "../project-paths.js";
import type { Stopwatch } from "../stopwatch.js";
import type { RecordedFolder } from "../no-op/record.js";
import { sha256 } from "../write/fingerprint.js";
import { toPath } from "../write/places.js";
import {
  noDependencies,
  readFormatterConfigs,
  type Dependencies,
  type FormatterConfigs,
} from "./config-files.js";
import { createConfirmer, type LaidFile } from "./confirm.js";
import { openFormatCache, toFormatKey } from "./format-cache.js";
import type { Formatter } from "./formatter.js";
import { ask, createStyles, FormatterError } from "./styles.js";

export type Plan = {
  readonly files: readonly PlannedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** What a run ends with when the diagnostics hold errors. */
  readonly exit: 1 | 2;
  /** Who laid out the text, in words. */
  readonly note: string;
  /** On what the layout depends; null when nobody can tell. */
  readonly dependencies: Dependencies | null;
};

export type PlanRequest = {
  readonly canonical: Canonical;
  readonly configuration: Configuration;
  /** Whether texts that were formatted before may be used. */
  readonly cache: boolean;
  readonly watch: Stopwatch;
};

export type Planner = { plan(request: PlanRequest): Promise<Plan> };

export function createPlanner(host: Host): Planner {
  const confirmer = createConfirmer();
  return { plan: planAll };

  async function planAll(request: PlanRequest): Promise<Plan> {
    const { configuration, watch } = request;
    if (configuration.format === "none") {
      return planPlainly(request, 'default layout (format "none")', noDependencies);
    }
    const formatter = await watch.timeAsync("prettier", () =>
      host.findFormatter(configuration.project),
    );
    if (formatter === null) {
      // It may be installed at any time, and no file says when.
      return planPlainly(request, "default layout (prettier is not installed)", null);
    }
    try {
      return await planFormatted(request, formatter);
    } catch (error) {
      if (!(error instanceof FormatterError)) throw error;
      const help = 'mend prettier\'s configuration, or set `format "none"` in mizan.config.kdl';
      const refusal = report("MZ7014", null, { reason: error.message }, { help });
      return { files: [], diagnostics: [refusal], exit: 2, note: "", dependencies: null };
    }
  }

  function planPlainly(
    request: PlanRequest,
    note: string,
    dependencies: Dependencies | null,
  ): Plan {
    const { value, diagnostics } = planLaid(request, defaultLayout);
    return { files: value, diagnostics, exit: 1, note, dependencies };
  }

  async function planFormatted(request: PlanRequest, formatter: Formatter): Promise<Plan> {
    const { configuration, watch } = request;
    const folders = new Map(toFolders(configuration).map(({ target, path }) => [target, path]));
    const configs = readFormatterConfigs(host.files, [...folders.values()]);
    const styles = createStyles(formatter);
    const [first = configuration.folder] = folders.values();
    const base = await watch.timeAsync("prettier", () => styles.of(join(first, "index.ts")));
    const baseLayout = base.layout ?? defaultLayout;
    const { value, diagnostics } = planLaid(request, baseLayout);

    /** Plans by layout; all of them have the same files in the same order. */
    const plans = new Map([[JSON.stringify(baseLayout), value]]);
    const laid: LaidFile[] = [];
    for (const [index, file] of value.entries()) {
      const path = toPath(folders.get(file.target) ?? first, file.path);
      const style = await watch.timeAsync("prettier", () => styles.of(path));
      const layout = style.layout ?? baseLayout;
      const key = JSON.stringify(layout);
      const same = plans.get(key) ?? planLaid(request, layout).value;
      plans.set(key, same);
      laid.push({ file: same[index] ?? file, path, style });
    }

    const ours = laid.filter(({ style }) => style.layout !== null);
    const isRight = await watch.timeAsync("prettier", () => confirmer.confirm(formatter, ours));
    const theirs = isRight ? laid.filter(({ style }) => style.layout === null) : laid;
    const formatted = await watch.timeAsync("prettier", () =>
      formatAll(request, formatter, theirs),
    );
    return {
      files: laid.map(({ file }) => formatted.get(file) ?? file),
      diagnostics,
      exit: 1,
      note: toNote(formatter.version, laid.length, theirs.length, isRight),
      dependencies: theirs.length > 0 ? null : await toDependencies(formatter, laid, configs),
    };
  }

  async function formatAll(
    { configuration, cache }: PlanRequest,
    formatter: Formatter,
    files: readonly LaidFile[],
  ): Promise<ReadonlyMap<PlannedFile, PlannedFile>> {
    const formatted = new Map<PlannedFile, PlannedFile>();
    if (files.length === 0) return formatted;
    const store = openFormatCache(host.files, configuration.cache, host.machine.pid);
    for (const { file, path, style } of files) {
      const key = toFormatKey(formatter.version, style.key, path, file.text);
      const known = cache ? store.get(key) : null;
      const text =
        known ??
        (await ask(() => formatter.format(file.text, { ...style.options, filepath: path })));
      if (known === null) store.set(key, text);
      formatted.set(file, { ...file, text });
    }
    store.save();
    return formatted;
  }

  /** What prettier's options were read from, if that is all in files of known names beside or above the output. */
  async function toDependencies(
    formatter: Formatter,
    laid: readonly LaidFile[],
    configs: FormatterConfigs,
  ): Promise<Dependencies | null> {
    const inner: RecordedFolder[] = [];
    for (const path of new Set(laid.map((file) => dirname(file.path)))) {
      const config = await ask(() => formatter.resolveConfigFile(join(path, "index.ts")));
      if (config !== null && !configs.selfContained.has(config)) return null;
      if (configs.folders.every((folder) => folder.path !== path)) {
        inner.push({ path, kind: "formatter", names: [] });
      }
    }
    return { files: configs.files, folders: [...configs.folders, ...inner] };
  }
}

function planLaid(
  { canonical, configuration, watch }: PlanRequest,
  layout: Layout,
): Outcome<readonly PlannedFile[]> {
  const { server, clients } = configuration;
  return watch.time("plan", () =>
    plan(canonical, {
      contractPath: toContractPath(configuration),
      hash: sha256(printWireShape(canonical)).slice(0, 16),
      server:
        server === null
          ? null
          : {
              handlersImport: toImportPath(server.folder, server.handlers),
              serverImport: toImportPath(server.handlers, server.folder),
            },
      clients: clients.map(({ react }) => ({ react })),
      layout,
    }),
  );
}

function toNote(version: string, all: number, formatted: number, isRight: boolean): string {
  if (formatted === 0) return `laid out by mizan, a sample confirmed by prettier ${version}`;
  const why = isRight
    ? "its options are beyond mizan's own layout"
    : "it would print a sample of mizan's own layout differently";
  return `prettier ${version} formatted ${formatted} of ${all} files: ${why}`;
}
