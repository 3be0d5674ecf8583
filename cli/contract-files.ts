/**
 * Finds and decodes the files of a contract: a folder of `.kdl` files, one file, or standard input.
 *
 * A file that cannot be had as text is a diagnostic; what the text says is the compiler's business. Hidden
 * files and folders, `node_modules` and `mizan.config.kdl` are never part of a contract.
 */
import { join } from "node:path";
import { report } from "../ir/diagnostics/catalogue.js";
import type { Diagnostic, Outcome } from "../ir/diagnostics/diagnostic.js";
import { decodeSource, largestFile, reportTooLarge } from "../ir/source/decode.js";
import type { SourceFile } from "../ir/source/source.js";
import { isContractFileName } from "./contract-names.js";
import { FileFault, toReason, type Files } from "./host.js";
import { listNames } from "./no-op/folders.js";
import type { RecordedFolder } from "./no-op/record.js";
import { lookThrough, readSeen, type SeenFile } from "./seen-file.js";

export type ContractFiles = {
  readonly sources: readonly SourceFile[];
  /** The same files as the disk has them, in the same order; empty for standard input. */
  readonly files: readonly SeenFile[];
  /** The folders that were looked through. */
  readonly folders: readonly RecordedFolder[];
};

const deepestFolder = 32;

export const noContract: ContractFiles = { sources: [], files: [], folders: [] };

/** Reads the contract at a path. The diagnostics say which files are missing from the value. */
export function readContract(
  files: Files,
  path: string,
  show: (path: string) => string,
): Outcome<ContractFiles> {
  const diagnostics: Diagnostic[] = [];
  const found: SeenFile[] = [];
  const sources: SourceFile[] = [];
  let folders: readonly RecordedFolder[] = [];
  try {
    const kind = lookThrough(files, path)?.kind ?? null;
    if (kind === null) {
      return {
        value: noContract,
        diagnostics: [report("MZ7009", null, { path: show(path) }, { help: missingHelp })],
      };
    }
    if (kind !== "folder") addFile(path);
    else {
      const listing = findContractFiles(files, path);
      folders = listing.folders;
      if (listing.paths.length === 0)
        diagnostics.push(report("MZ7011", null, { path: show(path) }));
      for (const file of listing.paths) addFile(file);
    }
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
    diagnostics.push(unreadable(fault));
  }
  return { value: { sources, files: found, folders }, diagnostics };

  function addFile(file: string): void {
    try {
      const id = sources.length;
      const size = lookThrough(files, file)?.size ?? 0;
      if (size > largestFile) {
        // Not even read: such a file is no contract, whoever wrote it.
        sources.push({ id, path: show(file), text: "", damaged: true });
        diagnostics.push(reportTooLarge(id, size));
        return;
      }
      const { bytes, seen } = readSeen(files, file);
      const { value, diagnostics: faults } = decode(id, show(file), bytes);
      found.push(seen);
      sources.push(value);
      diagnostics.push(...faults);
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      diagnostics.push(unreadable(fault));
    }
  }

  function unreadable(fault: FileFault): Diagnostic {
    return report("MZ7010", null, { path: show(fault.path), reason: toReason(fault) });
  }
}

/** The contract as standard input gives it. */
export function readContractInput(bytes: Uint8Array): Outcome<ContractFiles> {
  const { value, diagnostics } = decode(0, "<stdin>", bytes);
  return { value: { ...noContract, sources: [value] }, diagnostics };
}

const missingHelp =
  "create it, or name another folder with `contract` in mizan.config.kdl; `mizan init` makes a first one";

/** What a folder holds: paths of its contract files, sorted, and the names that made them so. */
export type ContractFolder = {
  readonly paths: readonly string[];
  readonly folders: readonly RecordedFolder[];
};

/** Looks through a folder and those below. Links are followed, each folder is entered once. */
export function findContractFiles(files: Files, folder: string): ContractFolder {
  const paths: string[] = [];
  const folders: RecordedFolder[] = [];
  const entered = new Set<string>();
  enter(folder, 0);
  return { paths: paths.sort(), folders };

  function enter(at: string, depth: number): void {
    const real = files.realPath(at) ?? at;
    if (entered.has(real) || depth > deepestFolder) return;
    entered.add(real);
    const names = listNames(files, at, "contract");
    folders.push({ path: at, kind: "contract", names });
    for (const name of names) {
      const path = join(at, name);
      const kind = lookThrough(files, path)?.kind;
      if (kind === "folder") enter(path, depth + 1);
      else if (kind === "file" && isContractFileName(name)) paths.push(path);
    }
  }
}

/** A file's bytes as a source, its faults told. */
export function decode(id: number, path: string, bytes: Uint8Array): Outcome<SourceFile> {
  const { value, diagnostics } = decodeSource(bytes, id);
  const source = { id, path, text: value };
  return { value: diagnostics.length === 0 ? source : { ...source, damaged: true }, diagnostics };
}
