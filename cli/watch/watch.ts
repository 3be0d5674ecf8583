/**
 * `mizan gen --watch`: a run at the start and after every change, until interrupted. One line per run says
 * what changed, what was written and how long it took; a contract that is broken shows its diagnostics, and
 * the last good output stays.
 *
 * What it does not: watch its own output, restart anything, or keep a lock between runs.
 *
 * Words: a *burst* is all changes within a few milliseconds, answered by one run.
 */
import { basename, dirname } from "node:path";
import { toActions, toDuration, toSummary } from "../account/actions.js";
import { toNotes } from "../account/notes.js";
import { toStats } from "../account/stats.js";
import type { GenOptions } from "../commands/gen.js";
import { configName } from "../contract-names.js";
import { upward } from "../config/find.js";
import { formatterConfigNames } from "../format/config-names.js";
import { createGenerator, type Generated } from "../generate.js";
import type { Host } from "../host.js";
import type { ExitCode } from "../main.js";
import { lookThrough } from "../seen-file.js";
import { toCount, toReport, toShown } from "../show.js";
import { countSeverities, toSummary as toCounts } from "../report/count.js";
import { createWatcher, type Watched, type Watcher } from "./watcher.js";

/** Milliseconds in which further changes join a burst. */
const debounce = 4;
/** How long an editor may take between emptying a file and filling it again. */
const fillTime = 120;

export async function watch(host: Host, options: GenOptions): Promise<ExitCode> {
  const { clock, machine, terminal } = host;
  const show = (path: string): string => toShown(machine.cwd, path);
  const generator = createGenerator(host);
  let watcher: Watcher | null = null;
  let watchedKey = "";
  let lastReport = "";
  let sizes: ReadonlyMap<string, number> = new Map();
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  let stopped = false;
  machine.onInterrupt(() => {
    stopped = true;
    wake();
  });

  let since = clock.elapsed();
  let result = await run([]);
  for (;;) {
    if (await follow(result)) {
      // What happened before the watcher was ready has not been seen.
      since = clock.elapsed();
      result = await run(null);
      continue;
    }
    if (!stopped && changed.size === 0) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
    if (stopped) break;
    since = clock.elapsed();
    await clock.sleep(debounce);
    await untilFilled(result);
    const paths = [...changed];
    changed.clear();
    result = await run(paths);
  }
  await closeWatcher();
  return 0;

  /** @param paths what changed; none at the start, null when nobody knows of a change */
  async function run(paths: readonly string[] | null): Promise<Generated> {
    const { overrides, cache } = options;
    const done = await generator.run({ overrides, cache, force: false, write: true });
    sizes = new Map(done.contract.files.map(({ path, entry }) => [path, entry.size]));
    account(done, paths);
    return done;
  }

  function account(done: Generated, paths: readonly string[] | null): void {
    const actions = done.inspection === null ? [] : toActions(done.inspection);
    const isChange = actions.some(({ action }) => action !== "keep");
    const report = toReport(host, done.diagnostics, done.sources);
    if (paths === null && !isChange && report === lastReport) return;
    if (report !== lastReport) terminal.err(report);
    lastReport = report;
    const took = toDuration(clock.elapsed() - since);
    if (done.exit === 0) {
      if (options.quiet) return;
      if (done.inspection !== null) terminal.err(toNotes(done.inspection, show));
      terminal.err(`${toCause(paths)}${toSummary(actions)} in ${took}\n`);
    } else {
      const counts = toCounts(countSeverities(done.diagnostics));
      terminal.err(`${toCause(paths)}${counts}; the last good output stays (${took})\n`);
    }
    if (options.stats) terminal.err(toStats(done, clock.elapsed() - since));
  }

  function toCause(paths: readonly string[] | null): string {
    const [first, ...others] = paths ?? [];
    if (first === undefined) return "";
    const more = others.length === 0 ? "" : ` and ${toCount(others.length, "more path")}`;
    return `${show(first)}${more} changed: `;
  }

  /** Watches what the last run depended on. Answers whether that is something new. */
  async function follow(done: Generated): Promise<boolean> {
    const watched = toWatched(host, done);
    const inode = watched.contract === null ? 0 : lookThrough(host.files, watched.contract)?.inode;
    const key = JSON.stringify([watched.contract, inode, [...watched.folders.keys()]]);
    if (key === watchedKey) return false;
    await closeWatcher();
    watcher = await createWatcher(watched, (path) => {
      changed.add(path);
      wake();
    });
    watchedKey = key;
    return true;
  }

  async function closeWatcher(): Promise<void> {
    await watcher?.close();
    watcher = null;
  }

  /**
   * An editor that saves in place empties the file first. Seen in that moment, the contract would be sound
   * and small, and half of the output would go.
   */
  async function untilFilled(done: Generated): Promise<void> {
    const start = clock.elapsed();
    const isEmptied = (path: string): boolean =>
      (sizes.get(path) ?? 0) > 0 && lookThrough(host.files, path)?.size === 0;
    const paths = done.contract.files.map(({ path }) => path);
    while (paths.some(isEmptied) && clock.elapsed() - start < fillTime && !stopped) {
      await clock.sleep(5);
    }
  }
}

/** The contract, and beside and above configuration and output whatever may change them. */
function toWatched(host: Host, { configFile, configuration, folders }: Generated): Watched {
  const names = new Map<string, ReadonlySet<string>>();
  const add = (folder: string, more: Iterable<string>): void => {
    names.set(folder, new Set([...(names.get(folder) ?? []), ...more]));
  };
  if (configFile !== null) add(dirname(configFile), [basename(configFile), configName]);
  if (configuration === null) {
    if (configFile === null) add(host.machine.cwd, [configName]);
    return { contract: null, folders: names };
  }
  for (const { path } of folders) {
    for (const folder of upward(path)) {
      if (host.files.look(folder)?.kind === "folder") add(folder, formatterConfigNames);
      if (folder === configuration.project) break;
    }
  }
  const { contract } = configuration;
  if (lookThrough(host.files, contract) !== null) return { contract, folders: names };
  // It will appear in the first folder that is there, under the next name on the way.
  let missing = contract;
  for (const folder of upward(dirname(contract))) {
    if (host.files.look(folder)?.kind === "folder") {
      add(folder, [basename(missing)]);
      break;
    }
    missing = folder;
  }
  return { contract: null, folders: names };
}
