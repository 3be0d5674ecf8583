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
  /** There is no configuration at all: options are prettier's own, and it need not be asked. */
  readonly areSilent: boolean;
};

export function readFormatterConfigs(files: Files, folders: readonly string[]): FormatterConfigs {
  const found: SeenFile[] = [];
  const looked: RecordedFolder[] = [];
  const selfContained = new Set<string>();
  let areSilent = true;
  for (const folder of new Set(folders.flatMap((path) => [...upward(path)]))) {
    const names = namesIn(files, folder);
    looked.push({ path: folder, kind: "formatter", names });
    for (const name of names) {
      const path = join(folder, name);
      try {
        const { bytes, seen } = readSeen(files, path);
        found.push(seen);
        const text = Buffer.from(bytes).toString();
        if (isSelfContained(name, text)) selfContained.add(path);
        areSilent &&= isSilent(name, text);
      } catch (fault) {
        // A folder of that name, or nothing that prettier could read either.
        if (!(fault instanceof FileFault)) throw fault;
        areSilent = false;
      }
    }
  }
  return { files: found, folders: looked, selfContained, areSilent };
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
  if (name === "package.json") return typeof prettierIn(text) !== "string";
  if (name === "package.yaml") return !/^prettier[ \t]*:[ \t]*\S/m.test(text);
  return /[:={]/.test(text) || text.trim() === "";
}

/** Whether a file has nothing to say about formatting. */
function isSilent(name: string, text: string): boolean {
  switch (name) {
    case "package.json":
      return prettierIn(text) === undefined;
    case "package.yaml":
      return !text.includes("prettier");
    default:
      return false;
  }
}

/** What a `package.json` has under `prettier`: options, or the name of a package; some text if it is broken. */
function prettierIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? new Map<string, unknown>(Object.entries(value)).get("prettier")
      : undefined;
  } catch {
    return "";
  }
}
