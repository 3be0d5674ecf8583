/**
 * Where a planned file may go: inside its output folder, with folders all the way and no symbolic link that
 * leads out. The answers are remembered for one run, since a folder is asked about once per file.
 */
import { dirname, join, relative, sep } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { Entry, Files } from "../host.js";

export type Places = {
  /** Null when files may be written into the folder `path` of `root`; otherwise what speaks against it. */
  problemOf(root: string, path: string): Diagnostic | null;
};

export function createPlaces(files: Files, show: (path: string) => string): Places {
  const known = new Map<string, Diagnostic | null>();

  function problemOf(root: string, path: string): Diagnostic | null {
    const key = `${root}\0${path}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const fresh = path === root ? problemOfRoot(root) : problemBelow(root, path);
    known.set(key, fresh);
    return fresh;
  }

  /** The output folder itself may be missing, then the first folder above it that exists counts. */
  function problemOfRoot(root: string): Diagnostic | null {
    for (let at = root; ; at = dirname(at)) {
      const entry = files.look(at);
      const found = entry?.kind === "link" ? lookThrough(at) : entry;
      if (found !== null) return found.kind === "folder" ? null : blocked(at, "folder", found);
      if (entry?.kind === "link") return blocked(at, "folder", entry);
      if (dirname(at) === at) return null;
    }
  }

  function problemBelow(root: string, path: string): Diagnostic | null {
    const above = problemOf(root, dirname(path));
    if (above !== null) return above;
    const entry = files.look(path);
    if (entry === null || entry.kind === "folder") return null;
    if (entry.kind !== "link") return blocked(path, "folder", entry);
    const [realRoot, real] = [files.realPath(root), files.realPath(path)];
    if (realRoot !== null && real !== null && isInside(realRoot, real)) return null;
    return report(
      "MZ6004",
      null,
      { path: show(path), folder: show(root) },
      { help: "mizan writes nowhere else: replace the link by a folder" },
    );
  }

  function lookThrough(link: string): Entry | null {
    const real = files.realPath(link);
    return real === null ? null : files.look(real);
  }

  function blocked(path: string, wanted: string, found: Entry): Diagnostic {
    return report("MZ6003", null, { path: show(path), wanted, found: nameOf(found.kind) });
  }

  return { problemOf };
}

/** What stands somewhere, in words. */
export function nameOf(kind: Entry["kind"]): string {
  switch (kind) {
    case "file":
      return "file";
    case "folder":
      return "folder";
    case "link":
      return "symbolic link";
    case "other":
      return "device or socket";
  }
}

/** Whether a path is the folder or lies below it; both absolute, no links considered. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isOtherRoot(way));
}

function isOtherRoot(way: string): boolean {
  // Between two drives `relative` answers an absolute path.
  return /^(?:[A-Za-z]:)?[\\/]/.test(way);
}

/** The absolute path of a planned file. */
export function toPath(folder: string, path: string): string {
  return join(folder, ...path.split("/"));
}
