/**
 * `mizan init`: a project that runs: configuration, a first contract, an Express server, a React page. What is
 * there already is never touched; what has to be done by hand in an existing project is printed.
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import { noOverrides } from "../config.js";
import { findContractFiles } from "../contract-files.js";
import { configName } from "../contract-names.js";
import { createGenerator } from "../generate.js";
import { FileFault, type Host } from "../host.js";
import { toMissing, toPackage } from "../init/package.js";
import { readStarter, type StarterFile } from "../init/starter-files.js";
import type { ExitCode, Installation } from "../installation.js";
import { lookThrough } from "../seen-file.js";
import { hasErrors, showDiagnostics, toCount, toShown } from "../show.js";
import { carryOut, createDiskMemory, noJournal, type Step } from "../write.js";
import { createPlaces, toPath } from "../write/places.js";

export type InitOptions = { readonly dir: string; readonly quiet: boolean };

export async function init(
  host: Host,
  installation: Installation,
  { dir, quiet }: InitOptions,
): Promise<ExitCode> {
  const { files, machine, terminal } = host;
  const show = (path: string): string => toShown(machine.cwd, path);
  const root = resolve(machine.cwd, dir);
  const refuse = (reason: string, help: string | null): ExitCode => {
    showDiagnostics(host, [report("MZ7016", null, { path: show(root), reason }, { help })], []);
    return 1;
  };

  const entry = lookThrough(files, root);
  if (entry !== null && entry.kind !== "folder") return refuse("it is a file", "name a folder");
  if (files.look(join(root, configName)) !== null) {
    const help = "run `mizan gen` to generate from it";
    return refuse(`it has a ${configName} already`, help);
  }
  const packageText = readText(host, join(root, "package.json"));
  const starter = toStarter();
  const present = starter.filter(({ path }) => files.look(toPath(root, path)) !== null);
  const created = starter.filter((file) => !present.includes(file));
  const problem = write(created);
  if (problem !== null) return problem;

  const inside = { ...host, machine: { ...machine, cwd: root } };
  const generated = await createGenerator(inside).run({
    overrides: noOverrides,
    force: false,
    write: true,
    cache: true,
    confirmLater: false,
    again: false,
  });
  showDiagnostics(inside, generated.diagnostics, generated.sources);
  if (quiet) return hasErrors(generated.diagnostics) ? 1 : 0;

  const kept = present.map(({ path }) => `kept ${show(toPath(root, path))}\n`);
  terminal.err(kept.join(""));
  const where = root === machine.cwd ? "here" : `in ${show(root)}`;
  terminal.err(`${toCount(created.length, "file")} created ${where}\n\nNext:\n`);
  terminal.err(
    toSteps()
      .map((line) => `  ${line}\n`)
      .join(""),
  );
  return hasErrors(generated.diagnostics) ? 1 : 0;

  /** Everything for a project without a contract; beside a contract that is there, only the configuration. */
  function toStarter(): readonly StarterFile[] {
    const all = readStarter(files, installation.starter);
    const contract = join(root, "contract");
    const isFolder = lookThrough(files, contract)?.kind === "folder";
    if (isFolder && findContractFiles(files, contract).paths.length > 0) {
      return all.filter(({ path }) => path === configName);
    }
    if (packageText !== null) return all;
    const text = toPackage(basename(root), installation.version);
    return [...all, { path: "package.json", text }];
  }

  /** Null when all files have been created. */
  function write(wanted: readonly StarterFile[]): ExitCode | null {
    const places = createPlaces(files, show);
    const steps = wanted.map(({ path, text }): Step => ({
      kind: "stub",
      path: toPath(root, path),
      text,
    }));
    const problems = steps.flatMap(({ path }) => places.problemOf(root, dirname(path)) ?? []);
    const failures =
      problems.length > 0
        ? problems
        : carryOut(
            { steps, manifests: [], keptManifests: [], diagnostics: [] },
            { files, memory: createDiskMemory(), journal: noJournal, pid: machine.pid, show },
          );
    showDiagnostics(host, failures, []);
    return failures.length > 0 ? 1 : null;
  }

  function toSteps(): readonly string[] {
    const way = relative(machine.cwd, root);
    const install = packageText === null ? ["npm install"] : toMissing(packageText);
    return [
      ...(way === "" ? [] : [`cd ${/^[\w./-]+$/.test(way) ? way : JSON.stringify(way)}`]),
      ...install,
      "npm run dev               # the page, with its API",
      "npx mizan gen --watch     # in a second terminal, while you edit contract/*.kdl",
    ];
  }
}

function readText(host: Host, path: string): string | null {
  try {
    return Buffer.from(host.files.read(path)).toString();
  } catch (fault) {
    if (fault instanceof FileFault && fault.code === "ENOENT") return null;
    throw fault;
  }
}
