/**
 * Planned text in the project's own layout. `templates/` lays out by itself what it can: then prettier only
 * confirms a sample. Where a project's options are beyond it, or a sample is not confirmed, prettier formats
 * everything, and remembers.
 *
 * Options are asked for per folder and kind of file; files of different layouts are planned once per layout.
 */
import { dirname, join } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import { defaultLayout, type Layout } from "../../templates/layout/layout.js";
import type { PlannedFile } from "../../templates/plan.js";
import type { Configuration } from "../config.js";
import type { Host } from "../host.js";
import type { RecordedFolder } from "../no-op/record.js";
import { toFolders } from "../project-paths.js";
import type { Spots } from "../write/spots.js";
import {
  noDependencies,
  readFormatterConfigs,
  type Dependencies,
  type FormatterConfigs,
} from "./config-files.js";
import { createConfirmer, type LaidFile } from "./confirm.js";
import { openFormatCache, toFormatKey } from "./format-cache.js";
import type { Formatter } from "./formatter.js";
import { planLaid, type PlanRequest } from "./plan-laid.js";
import { ask, createStyles, FormatterError, type Styles } from "./styles.js";

export type Plan = {
  readonly files: readonly PlannedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** What a run ends with when the diagnostics hold errors. */
  readonly exit: 1 | 2;
  /** Who laid out the text, in words. */
  readonly note: string;
  /** On what the layout depends; null when nobody can tell. */
  readonly dependencies: Dependencies | null;
  /** Asks prettier about a sample, if that has not been done. False: plan again, the next plan is formatted. */
  readonly confirm: () => Promise<boolean>;
};

export type Planner = { plan(request: PlanRequest): Promise<Plan> };

/** What prettier said about a project, for as long as its configuration is the same. */
type Known = {
  readonly key: string;
  readonly formatter: Formatter;
  readonly styles: Styles;
  /** The configuration that holds in a folder, as prettier said when it was asked. */
  readonly configOf: Map<string, string | null>;
};

const confirmed = (): Promise<boolean> => Promise.resolve(true);

/** `spots`: what the caller knows of paths. */
export function createPlanner(host: Host, spots: Spots): Planner {
  const confirmer = createConfirmer();
  let known: Known | null = null;
  /** A sample was not confirmed: from then on prettier formats everything. */
  let isDistrusted = false;
  return { plan: planAll };

  async function planAll(request: PlanRequest): Promise<Plan> {
    const { configuration, watch } = request;
    if (configuration.format === "none") {
      return planPlainly(request, 'default layout (format "none")', noDependencies);
    }
    const folders = toFolders(configuration).map(({ path }) => path);
    const configs = readFormatterConfigs(host.files, folders);
    try {
      const asked = await watch.timeAsync("prettier", () => askAnew(configuration, configs));
      if (asked === null) {
        // It may be installed at any time, and no file says when.
        return planPlainly(request, "default layout (prettier is not installed)", null);
      }
      return await planFormatted(request, asked, configs);
    } catch (error) {
      if (!(error instanceof FormatterError)) throw error;
      const help = 'mend prettier\'s configuration, or set `format "none"` in mizan.config.kdl';
      const refusal = report("MZ7014", null, { reason: error.message }, { help });
      return {
        files: [],
        diagnostics: [refusal],
        exit: 2,
        note: "",
        dependencies: null,
        confirm: confirmed,
      };
    }
  }

  /** prettier and the styles of this project; asked again only when a file that it reads has changed. */
  async function askAnew(
    { project }: Configuration,
    configs: FormatterConfigs,
  ): Promise<Known | null> {
    const files = configs.files.map(({ path, hash }) => [
      path,
      hash,
      configs.selfContained.has(path),
    ]);
    const key = JSON.stringify([project, files]);
    const isTold = configs.files.every(({ path }) => configs.selfContained.has(path));
    if (known !== null && known.key === key && isTold) return known;
    const formatter = await host.findFormatter(project);
    await formatter?.forget();
    const asked = formatter !== null && configs.areSilent ? unconfigured(formatter) : formatter;
    known =
      asked === null
        ? null
        : { key, formatter: asked, styles: createStyles(asked), configOf: new Map() };
    return known;
  }

  function planPlainly(
    request: PlanRequest,
    note: string,
    dependencies: Dependencies | null,
  ): Plan {
    const { value, diagnostics } = planLaid(request, defaultLayout);
    return { files: value, diagnostics, exit: 1, note, dependencies, confirm: confirmed };
  }

  async function planFormatted(
    request: PlanRequest,
    { formatter, styles, configOf }: Known,
    configs: FormatterConfigs,
  ): Promise<Plan> {
    const { configuration, watch } = request;
    const { laid, diagnostics } = await layOutAll(request, styles);
    const ours = laid.filter(({ style }) => style.layout !== null);
    const confirm = async (): Promise<boolean> => {
      const isRight =
        isDistrusted ||
        (await watch.timeAsync("prettier", () => confirmer.confirm(formatter, ours)));
      if (!isRight) isDistrusted = true;
      return isRight;
    };
    if (!request.confirmLater) await confirm();
    const theirs = isDistrusted ? laid : laid.filter(({ style }) => style.layout === null);
    const formatted = await watch.timeAsync("prettier", () =>
      formatAll(request, formatter, theirs),
    );
    const dependencies =
      theirs.length > 0
        ? null
        : await watch.timeAsync("prettier", () =>
            toDependencies(formatter, configOf, laid, configs),
          );
    return {
      files: laid.map(({ file }) => formatted.get(file) ?? file),
      diagnostics,
      exit: 1,
      note: toNote(formatter.version, laid.length, theirs.length, isDistrusted),
      dependencies,
      confirm: request.confirmLater ? confirm : confirmed,
    };

    async function layOutAll(
      planned: PlanRequest,
      asked: Styles,
    ): Promise<{ laid: readonly LaidFile[]; diagnostics: readonly Diagnostic[] }> {
      const folders = new Map(toFolders(configuration).map(({ target, path }) => [target, path]));
      const [first = configuration.folder] = folders.values();
      const base = await watch.timeAsync("prettier", () => asked.of(join(first, "index.ts")));
      const baseLayout = base.layout ?? defaultLayout;
      const { value, diagnostics: found } = planLaid(planned, baseLayout);
      /** Plans by layout; all of them have the same files in the same order. */
      const plans = new Map<Layout, readonly PlannedFile[]>([[baseLayout, value]]);
      const files: LaidFile[] = [];
      for (const [index, file] of value.entries()) {
        const { path } = spots.of(folders.get(file.target) ?? first, file.path);
        const style = asked.known(path) ?? (await asked.of(path));
        const layout = style.layout ?? baseLayout;
        const same = plans.get(layout) ?? planLaid(planned, layout).value;
        plans.set(layout, same);
        files.push({ file: same[index] ?? file, path, style });
      }
      return { laid: files, diagnostics: found };
    }
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
      const before = cache ? store.get(key) : null;
      const text =
        before ??
        (await ask(() => formatter.format(file.text, { ...style.options, filepath: path })));
      if (before === null) store.set(key, text);
      formatted.set(file, { ...file, text });
    }
    store.save();
    return formatted;
  }

  /** What prettier's options were read from, if that is all in files of known names beside or above the output. */
  async function toDependencies(
    formatter: Formatter,
    configOf: Known["configOf"],
    laid: readonly LaidFile[],
    configs: FormatterConfigs,
  ): Promise<Dependencies | null> {
    const inner: RecordedFolder[] = [];
    for (const path of new Set(laid.map((file) => dirname(file.path)))) {
      const before = configOf.get(path);
      const config =
        before === undefined
          ? await ask(() => formatter.resolveConfigFile(join(path, "index.ts")))
          : before;
      configOf.set(path, config);
      if (config !== null && !configs.selfContained.has(config)) return null;
      if (configs.folders.every((folder) => folder.path !== path)) {
        inner.push({ path, kind: "formatter", names: [] });
      }
    }
    return { files: configs.files, folders: [...configs.folders, ...inner] };
  }
}

/** prettier where nothing configures it. Left to find that out by itself, it would have to be loaded as a whole. */
function unconfigured(formatter: Formatter): Formatter {
  return {
    ...formatter,
    resolveOptions: () => Promise.resolve({}),
    resolveConfigFile: () => Promise.resolve(null),
  };
}

function toNote(version: string, all: number, formatted: number, isDistrusted: boolean): string {
  if (formatted === 0) return `laid out by mizan, a sample confirmed by prettier ${version}`;
  const why = isDistrusted
    ? "it would print a sample of mizan's own layout differently"
    : "its options are beyond mizan's own layout";
  return `prettier ${version} formatted ${formatted} of ${all} files: ${why}`;
}
