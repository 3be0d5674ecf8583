/**
 * What a process already knows about the disk: texts it has read or written, while the file's entry is the
 * same, and fingerprints by text. A single run gains little; `--watch` looks at 200 files in a millisecond
 * instead of reading them.
 *
 * An entry that is younger than the moment it was looked at by less than a clock tick could hide a second
 * change of the same size; the change time together with size and inode is what git relies on as well.
 */
import type { Entry, Files } from "../host.js";
import { toFingerprint, type Fingerprint } from "./fingerprint.js";

export type DiskMemory = {
  /** The text of a file whose entry is `entry`. */
  read(files: Files, path: string, entry: Entry): string;
  /** Notes what has just been written. */
  wrote(path: string, entry: Entry, text: string): void;
  forget(path: string): void;
  fingerprintOf(text: string): Fingerprint;
};

export function createDiskMemory(): DiskMemory {
  const texts = new Map<string, { readonly entry: Entry; readonly text: string }>();
  let prints = new Map<string, Fingerprint>();
  // Fingerprints asked for since the last clearing: the texts of one or two runs.
  const most = 5000;

  return {
    read(files, path, entry) {
      const known = texts.get(path);
      if (known !== undefined && isSame(known.entry, entry)) return known.text;
      const text = Buffer.from(files.read(path)).toString("utf8");
      texts.set(path, { entry, text });
      return text;
    },
    wrote: (path, entry, text) => void texts.set(path, { entry, text }),
    forget: (path) => void texts.delete(path),
    fingerprintOf(text) {
      const known = prints.get(text);
      if (known !== undefined) return known;
      if (prints.size > most) prints = new Map();
      const print = toFingerprint(text);
      prints.set(text, print);
      return print;
    },
  };
}

export function isSame(a: Entry, b: Entry): boolean {
  return (
    a.kind === b.kind &&
    a.size === b.size &&
    a.modified === b.modified &&
    a.changed === b.changed &&
    a.inode === b.inode
  );
}
