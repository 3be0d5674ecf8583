/**
 * `unfinished.json` in the cache folder: what a run is about to move into place or away. It exists for the
 * few milliseconds in which old and new files stand side by side. If it is found later, a run was killed there, or
 * could not remove an old file: files that match it are ours although no manifest says so, and its temporary files
 * are removed.
 *
 * It is a help, never a condition: without a cache folder there is none, and a damaged one counts as absent.
 */
import { join } from "node:path";
import { FileFault, type Files } from "../host.js";
import { temporaryName } from "./carry-out.js";

export type Journal = {
  /** `hash`: exact, of what is to stand there; null for a file that is to be deleted, and for a handler. */
  begin(
    moves: readonly { readonly path: string; readonly hash: string | null }[],
    pid: number,
  ): void;
  end(): void;
};

export type Unfinished = ReadonlyMap<string, string>;

const name = "unfinished.json";

export const noJournal: Journal = { begin: () => undefined, end: () => undefined };

export function createJournal(files: Files, folder: string): Journal {
  const path = join(folder, name);
  return {
    begin(moves, pid) {
      const paths = moves.map(({ path: at, hash }) => [at, hash ?? ""]);
      ifPossible(() => {
        if (files.look(path) !== null) files.remove(path);
        files.create(path, JSON.stringify({ pid, paths }));
      });
    },
    end: () =>
      ifPossible(() => {
        if (files.look(path) !== null) files.remove(path);
      }),
  };
}

/** What a killed run left behind, its temporary files removed: exact hashes by absolute path. */
export function recover(files: Files, folder: string): Unfinished {
  const hashes = new Map<string, string>();
  ifPossible(() => {
    const path = join(folder, name);
    if (files.look(path) === null) return;
    const { pid, paths } = read(Buffer.from(files.read(path)).toString());
    for (const [file, hash] of paths) {
      hashes.set(file, hash);
      for (const purpose of ["new", "old"] as const) {
        const leftover = temporaryName(file, purpose, pid);
        ifPossible(() => {
          if (files.look(leftover)?.kind === "file") files.remove(leftover);
        });
      }
    }
  });
  return hashes;
}

function read(text: string): { pid: number; paths: (readonly [string, string])[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value !== "object" || value === null) return { pid: 0, paths: [] };
  const pid = "pid" in value && typeof value.pid === "number" ? value.pid : 0;
  const paths: (readonly [string, string])[] = [];
  for (const pair of "paths" in value && Array.isArray(value.paths) ? value.paths : []) {
    const [path, hash]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof path === "string" && typeof hash === "string") paths.push([path, hash]);
  }
  return { pid, paths };
}

function ifPossible(action: () => void): void {
  try {
    action();
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
  }
}
