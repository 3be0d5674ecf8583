/**
 * Handlers whose function or view is gone, and what has probably become of them: when a function is renamed, the
 * old handler stays and a new stub appears, and the team wants to hear that the two belong together.
 */
import { nearest } from "../../ir/diagnostics/did-you-mean.js";

/** A handler whose function or view is gone; paths are relative to the handlers' folder. */
export type Orphan = {
  readonly path: string;
  /** The new stub that looks like its new name. */
  readonly renamedTo: string | null;
};

/**
 * @param gone paths and functions of handlers that are on the disk and no longer planned
 * @param added paths of the stubs that this run creates
 * @param before function names by path as the manifest had them
 * @param after the same after this run
 */
export function findOrphans(
  gone: readonly (readonly [path: string, name: string])[],
  added: readonly string[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Orphan[] {
  const free = new Map(
    added.filter((path) => !before.has(path)).map((path) => [after.get(path) ?? path, path]),
  );
  return gone.map(([path, name]) => {
    const likely = likelyName(name, [...free.keys()], gone.length);
    if (likely === null) return { path, renamedTo: null };
    const renamedTo = free.get(likely) ?? null;
    free.delete(likely);
    return { path, renamedTo };
  });
}

/** The name that resembles the old one, shares a word with it, or is the only new one beside the only old one. */
function likelyName(name: string, names: readonly string[], gone: number): string | null {
  const close = nearest(name, names);
  if (close !== null) return close;
  const words = new Set(toWords(name));
  const shared = names
    .map((other) => ({ other, count: toWords(other).filter((word) => words.has(word)).length }))
    .sort((a, b) => b.count - a.count)[0];
  if (shared !== undefined && shared.count > 0) return shared.other;
  return gone === 1 && names.length === 1 ? (names[0] ?? null) : null;
}

function toWords(name: string): readonly string[] {
  return name.split(/[._-]/).filter((word) => word !== "");
}
