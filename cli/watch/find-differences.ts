/** What on the disk is no longer as a run saw it: for changes that nobody reported. */
import { join } from "node:path";
import { findConfig } from "../config/find.js";
import type { Generated } from "../generate.js";
import { FileFault, type Files, type Host } from "../host.js";
import { listNames } from "../no-op/folders.js";
import type { RecordedFolder } from "../no-op/record.js";
import { lookThrough } from "../seen-file.js";
import { isSame } from "../write/disk-memory.js";

/** Paths of files that changed, came or went. */
export function findDifferences(
  { files, machine }: Host,
  { configSeen, configuration, contract, dependencies }: Generated,
): readonly string[] {
  const appeared: string[] = [];
  if (configSeen === null) {
    const config = findConfig(files, machine.cwd);
    if (config !== null) appeared.push(config);
  }
  const hadContract = contract.files.length + contract.folders.length > 0;
  if (
    configuration !== null &&
    !hadContract &&
    lookThrough(files, configuration.contract) !== null
  ) {
    appeared.push(configuration.contract);
  }
  const seen = [
    ...(configSeen === null ? [] : [configSeen]),
    ...contract.files,
    ...(dependencies?.files ?? []),
  ];
  const changed = seen.filter(({ path, entry }) => {
    const now = lookThrough(files, path);
    return now === null || !isSame(now, entry);
  });
  const folders = [...contract.folders, ...(dependencies?.folders ?? [])];
  return [
    ...appeared,
    ...changed.map(({ path }) => path),
    ...folders.flatMap((folder) => comeOrGone(files, folder)),
  ];
}

/** Paths of the names that only the run or only the disk has; the folder itself if that is gone. */
function comeOrGone(files: Files, { path, kind, names }: RecordedFolder): readonly string[] {
  let now: readonly string[];
  try {
    now = listNames(files, path, kind);
  } catch (fault) {
    if (fault instanceof FileFault) return [path];
    throw fault;
  }
  const come = now.filter((name) => !names.includes(name));
  const gone = names.filter((name) => !now.includes(name));
  return [...come, ...gone].map((name) => join(path, name));
}
