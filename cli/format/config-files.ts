/**
 * What prettier takes its options from: in a folder and all folders above it. Noted before prettier is asked,
 * so that a change in between is never mistaken for what it saw.
 */
import { join } from "node:path";
import { upward } from "../config/find.js";
import { FileFault, type Files } from "../host.js";
import { listNames } from "../no-op/folders.js";
import type { RecordedFolder } from "../no-op/record.js";
import { readSeen, type SeenFile } from "../seen-file.js";

/** Files, and folders in which files of these names may appear. */
export type Dependencies = {
  readonly files: readonly SeenFile[];
  readonly folders: readonly RecordedFolder[];
};

export const noDependencies: Dependencies = { files: [], folders: [] };

export type FormatterConfigs = Dependencies & {
  /** Paths of those that say everything themselves. */
  readonly selfContained: ReadonlySet<string>;
};

export function readFormatterConfigs(files: Files, folders: readonly string[]): FormatterConfigs {
  const found: SeenFile[] = [];
  const looked: RecordedFolder[] = [];
  const selfContained = new Set<string>();
  for (const folder of new Set(folders.flatMap((path) => [...upward(path)]))) {
    const names = namesIn(files, folder);
    looked.push({ path: folder, kind: "formatter", names });
    for (const name of names) {
      const path = join(folder, name);
      try {
        const { bytes, seen } = readSeen(files, path);
        found.push(seen);
        if (isSelfContained(name, Buffer.from(bytes).toString())) selfContained.add(path);
      } catch (fault) {
        // A folder of that name, or nothing that prettier could read either.
        if (!(fault instanceof FileFault)) throw fault;
      }
    }
  }
  return { files: found, folders: looked, selfContained };
}

/** None for a folder that does not exist yet, or that nobody may look into. */
function namesIn(files: Files, folder: string): readonly string[] {
  try {
    return listNames(files, folder, "formatter");
  } catch (fault) {
    if (fault instanceof FileFault) return [];
    throw fault;
  }
}

/**
 * Whether a configuration says everything itself. One that is a program, loads plugins or names a shared
 * package may change without its file changing.
 */
export function isSelfContained(name: string, text: string): boolean {
  if (/\.[cm]?[jt]s$/.test(name) || text.includes("plugins")) return false;
  if (name === "package.json") return !isTextInJson(text, "prettier");
  if (name === "package.yaml") return !/^prettier[ \t]*:[ \t]*\S/m.test(text);
  return /[:={]/.test(text) || text.trim() === "";
}

/** Whether a property of a JSON object is a string: for `prettier`, the name of a package. */
function isTextInJson(text: string, property: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const values = new Map(
      typeof value === "object" && value !== null ? Object.entries(value) : [],
    );
    return typeof values.get(property) === "string";
  } catch {
    return true;
  }
}
