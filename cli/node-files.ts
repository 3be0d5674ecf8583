/**
 * The disk, by `node:fs` and nothing else: the launcher loads this before it knows whether there is anything
 * to do, and every further module would cost time.
 */
import * as fs from "node:fs";
import { FileFault, type Entry, type Files } from "./host.js";

export const nodeFiles: Files = {
  read: (path) => guard(path, () => fs.readFileSync(path)),
  look: (path) =>
    guard(path, () => {
      const stat = lookAt(path);
      if (stat === undefined) return null;
      const { size, mtimeMs, ctimeMs, ino } = stat;
      return { kind: toKind(stat), size, modified: mtimeMs, changed: ctimeMs, inode: ino };
    }),
  list: (path) =>
    guard(path, () =>
      fs
        .readdirSync(path, { withFileTypes: true })
        .map((entry) => ({ name: entry.name, kind: toKind(entry) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ),
  realPath: (path) => {
    try {
      return guard(path, () => fs.realpathSync.native(path));
    } catch (fault) {
      if (fault instanceof FileFault && ["ENOENT", "ENOTDIR", "ELOOP"].includes(fault.code))
        return null;
      throw fault;
    }
  },
  createFolder: (path) => guard(path, () => fs.mkdirSync(path, { recursive: true }) ?? null),
  create: (path, content) => {
    const file = guard(path, () => fs.openSync(path, "wx"));
    try {
      guard(path, () => fs.writeFileSync(file, content));
    } catch (fault) {
      // A half-written file of ours: on a full disk the caller must find nothing at the path.
      fs.rmSync(path, { force: true });
      throw fault;
    } finally {
      fs.closeSync(file);
    }
  },
  rename: (from, to) => guard(to, () => fs.renameSync(from, to)),
  link: (existing, added) => guard(added, () => fs.linkSync(existing, added)),
  remove: (path) => guard(path, () => fs.unlinkSync(path)),
  removeFolder: (path) => guard(path, () => fs.rmdirSync(path)),
};

function lookAt(path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file where a folder is expected: nothing can be below it.
    if (codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function toKind(entry: fs.Stats | fs.Dirent): Entry["kind"] {
  if (entry.isSymbolicLink()) return "link";
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "folder" : "other";
}

/** Runs an action of `node:fs`; its errors become faults. */
export function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    throw new FileFault(code, path);
  }
}

/** The code of an error of the operating system, or of Node itself for an impossible path; null for any other. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
