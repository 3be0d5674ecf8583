/** Where things of a project are: its configuration, its outermost folder, its cache. */
import { dirname, join } from "node:path";
import { configName } from "../contract-names.js";
import { FileFault, type Files } from "../host.js";

/** The nearest configuration in a folder or above it; null when there is none. */
export function findConfig(files: Files, from: string): string | null {
  for (const folder of upward(from)) {
    const path = join(folder, configName);
    if (files.look(path) !== null) return path;
  }
  return null;
}

/**
 * The folder that output must not leave: the nearest one, from the configuration's upward, with `.git` or a
 * `package.json` that names workspaces; without one the configuration's own.
 */
export function findProject(files: Files, from: string): string {
  for (const folder of upward(from)) {
    if (files.look(join(folder, ".git")) !== null) return folder;
    if (hasWorkspaces(files, join(folder, "package.json"))) return folder;
  }
  return from;
}

/**
 * Where hints and locks live: `node_modules/.cache/mizan` of the nearest package, from the configuration's
 * folder upward to the project's; without any package, of the configuration's folder.
 */
export function findCache(files: Files, from: string, project: string): string {
  for (const folder of upward(from)) {
    if (
      files.look(join(folder, "package.json")) !== null ||
      isFolder(files, join(folder, "node_modules"))
    ) {
      return toCache(folder);
    }
    if (folder === project) break;
  }
  return toCache(from);
}

function toCache(folder: string): string {
  return join(folder, "node_modules", ".cache", "mizan");
}

function isFolder(files: Files, path: string): boolean {
  return files.look(path)?.kind === "folder";
}

function hasWorkspaces(files: Files, path: string): boolean {
  if (files.look(path) === null) return false;
  try {
    const value: unknown = JSON.parse(Buffer.from(files.read(path)).toString());
    return typeof value === "object" && value !== null && "workspaces" in value;
  } catch (error) {
    // A package.json that is broken or unreadable is npm's to complain about.
    if (error instanceof FileFault || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** A folder and all folders above it, nearest first. */
export function* upward(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (dirname(at) === at) return;
  }
}
