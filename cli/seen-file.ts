/** Reading a file together with a note of what was read, so that a later run can tell whether it is the same. */
import { FileFault, type Entry, type Files } from "./host.js";
import { hashOf } from "./write/fingerprint.js";

export type SeenFile = {
  readonly path: string;
  /** As it was before the file was read: a change in between makes the note wrong, never the output. */
  readonly entry: Entry;
  /** First 16 hex digits of the SHA-256 of its bytes. */
  readonly hash: string;
};

/** Reads a file, following links. Throws a `FileFault` when there is none. */
export function readSeen(files: Files, path: string): { bytes: Uint8Array; seen: SeenFile } {
  const entry = lookThrough(files, path);
  if (entry === null) throw new FileFault("ENOENT", path);
  const bytes = files.read(path);
  return { bytes, seen: { path, entry, hash: hashOf(bytes) } };
}

/** What a path leads to; null when that is nothing. */
export function lookThrough(files: Files, path: string): Entry | null {
  const real = files.realPath(path);
  return real === null ? null : files.look(real);
}
