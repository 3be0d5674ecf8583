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
import { createGenerator, type Generated, type GenerateRequest } from "../generate.js";
import type { Host } from "../host.js";
import { toFolders } from "../project-paths.js";
import type { ExitCode } from "../installation.js";
import { lookThrough, type SeenFile } from "../seen-file.js";
import { toCount, toReport, toShown } from "../show.js";
import { countSeverities, toSummary as toCounts } from "../report/count.js";
import { findDifferences } from "./find-differences.js";
import { createWatcher, type Watched, type Watcher } from "./watcher.js";

/** Milliseconds in which further changes join a burst. */
const debounce = 2;
/**
 * chokidar drops a change that comes within 50 ms of another of the same file. So, this long after a run, the
 * disk is compared once with what the run saw.
 */
const silence = 60;
/**
 * Runs after the first one that write nothing: code that has run a few times is fast, and what they remember
 * is there before the first save.
 */
const warmUps = 2;
/** How long an editor may take between emptying or removing a file and writing it anew. */
const savingTime = 150;

export async function watch(host: Host, options: GenOptions): Promise<ExitCode> {
  const { clock, machine, terminal } = host;
  const show = (path: string): string => toShown(machine.cwd, path);
  const generator = createGenerator(host);
  const request: GenerateRequest = {
    overrides: options.overrides,
    cache: options.cache,
    force: false,
    write: true,
    confirmLater: true,
    again: true,
  };
  let watcher: Watcher | null = null;
  let watchedKey = "";
  let lastReport = "";
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  let stopped = false;
  machine.onInterrupt(() => {
    stopped = true;
    wake();
  });

  let since = clock.elapsed();
  let result = await run([]);
  let isCompared = false;
  let warm = 0;
  for (;;) {
    // What happens before a new watcher is ready is seen by nobody.
    if (await follow(result)) isCompared = false;
    for (; warm < warmUps && !stopped && changed.size === 0; warm++) {
      await generator.run({ ...request, write: false });
      // Changes are heard of between two runs.
      await clock.sleep(1);
    }
    if (!stopped && changed.size === 0) {
      if (isCompared) await nextChange();
      else await Promise.race([nextChange(), clock.sleep(silence)]);
    }
    if (stopped) break;
    if (changed.size === 0) {
      for (const path of findDifferences(host, result)) changed.add(path);
      isCompared = true;
      if (changed.size === 0) continue;
    }
    since = clock.elapsed();
    await clock.sleep(debounce);
    await untilSaved(result);
    const paths = [...changed];
    changed.clear();
    result = await run(paths);
    isCompared = false;
  }
  await closeWatcher();
  return 0;

  function nextChange(): Promise<void> {
    return new Promise((resolve) => (wake = resolve));
  }

  /** @param paths what changed; none at the start */
  async function run(paths: readonly string[]): Promise<Generated> {
    const done = await generator.run(request);
    account(done, paths);
    // Beside whatever comes next: everything is written, and most likely right.
    void done.confirm().then((isRight) => {
      if (isRight) return;
      changed.add(done.contract.files[0]?.path ?? machine.cwd);
      wake();
    });
    return done;
  }

  function account(done: Generated, paths: readonly string[]): void {
    const actions = done.inspection === null ? [] : toActions(done.inspection);
    const report = toReport(host, done.diagnostics, done.sources);
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

  function toCause(paths: readonly string[]): string {
    const [first, ...others] = paths;
    if (first === undefined) return "";
    const more = others.length === 0 ? "" : ` and ${toCount(others.length, "more path")}`;
    return `${show(first)}${more} changed: `;
  }

  /** Watches what the last run depended on. Answers whether that is something new. */
  async function follow(done: Generated): Promise<boolean> {
    // With a broken configuration, what it said before is still what will most likely change.
    if (done.configuration === null && watcher !== null) return false;
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
   * Some editors empty a file before they fill it, or remove it before they write it anew. Seen in that
   * moment, the contract would be sound and small, and half of the output would go.
   */
  async function untilSaved(done: Generated): Promise<void> {
    const start = clock.elapsed();
    const isBeingSaved = ({ path, entry }: SeenFile): boolean =>
      entry.size > 0 && (lookThrough(host.files, path)?.size ?? 0) === 0;
    while (done.contract.files.some(isBeingSaved) && clock.elapsed() - start < savingTime) {
      if (stopped) return;
      await clock.sleep(5);
    }
  }
}

/** The contract, and beside and above configuration and output whatever may change them. */
function toWatched(host: Host, { configFile, configuration }: Generated): Watched {
  const names = new Map<string, ReadonlySet<string>>();
  const add = (folder: string, more: Iterable<string>): void => {
    names.set(folder, new Set([...(names.get(folder) ?? []), ...more]));
  };
  if (configFile !== null) add(dirname(configFile), [basename(configFile), configName]);
  if (configuration === null) {
    if (configFile === null) add(host.machine.cwd, [configName]);
    return { contract: null, folders: names };
  }
  for (const { path } of toFolders(configuration)) {
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
