/**
 * `mizan gen`: one run and its account. What people read goes to stderr, what programs read (`--json`,
 * `--dry-run`, `--diff`) to stdout.
 */
import { report } from "../../ir/diagnostics/catalogue.js";
import { toActions, toDuration, toSummary } from "../account/actions.js";
import { toDiffs } from "../account/diffs.js";
import { toGenJson } from "../account/json.js";
import { toNotes } from "../account/notes.js";
import { toStats } from "../account/stats.js";
import type { Overrides } from "../config.js";
import { createGenerator } from "../generate.js";
import type { Host } from "../host.js";
import type { ExitCode, Installation } from "../installation.js";
import { rememberRun } from "../no-op/remember.js";
import { toReport, toShown } from "../show.js";
import { UsageError } from "../usage.js";

export type GenOptions = {
  readonly overrides: Overrides;
  readonly watch: boolean;
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly force: boolean;
  readonly cache: boolean;
  readonly stats: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
};

export async function gen(
  host: Host,
  installation: Installation,
  options: GenOptions,
): Promise<ExitCode> {
  if (options.watch) return startWatch(host, options);
  const { terminal, clock, machine } = host;
  const show = (path: string): string => toShown(machine.cwd, path);
  const write = !options.check && !options.dryRun;
  const { overrides, force, cache } = options;
  const began = clock.now();
  const result = await createGenerator(host).run({
    overrides,
    force,
    write,
    cache,
    confirmLater: false,
    again: false,
  });
  const { inspection } = result;
  const actions = inspection === null ? [] : toActions(inspection);
  const changes = actions.filter(({ action }) => action !== "keep");
  const isStale = options.check && result.exit === 0 && changes.length > 0;
  const exit = isStale ? 1 : result.exit;

  if (options.json) {
    terminal.out(toGenJson(result, actions, clock.elapsed(), show));
    return exit;
  }
  const said = toReport(host, result.diagnostics, result.sources);
  const notes = inspection === null || exit !== 0 ? "" : toNotes(inspection, show);
  terminal.err(options.quiet ? said : said + notes);
  if (inspection !== null) {
    if (options.diff || options.check) terminal.out(toDiffs(inspection, show));
    if (options.dryRun) {
      terminal.out(changes.map(({ action, path }) => `${action} ${show(path)}\n`).join(""));
    }
  }
  const summary = toSummary(actions);
  if (isStale) {
    const help = "run `mizan gen` and commit what it writes";
    terminal.err(toReport(host, [report("MZ6011", null, { summary }, { help })], []));
  } else if (exit === 0 && !options.quiet) {
    const when = write ? ` in ${toDuration(clock.elapsed())}` : ", if it were not a dry run";
    terminal.err(`${summary}${changes.length === 0 ? "" : when}\n`);
  }
  if (options.stats) terminal.err(toStats(result, clock.elapsed()));
  if (write && exit === 0 && cache) {
    rememberRun(host, installation, overrides, result, { began, said });
  }
  return exit;
}

async function startWatch(host: Host, options: GenOptions): Promise<ExitCode> {
  const useless = (["check", "dryRun", "diff", "json", "force"] as const).find(
    (name) => options[name],
  );
  if (useless !== undefined) {
    const name = useless === "dryRun" ? "dry-run" : useless;
    throw new UsageError(`--watch and --${name} do not go together`);
  }
  const { watch } = await import("../watch/watch.js");
  return watch(host, options);
}
