/**
 * What a process already knows about the disk: texts it has read or written, while the file's entry is the
 * same, with their fingerprints, and what follows from paths and manifests. A single run gains little; `--watch` looks at 200 files in a millisecond
 * instead of reading them.
 *
 * An entry that is younger than the moment it was looked at by less than a clock tick could hide a second
 * change of the same size; the change time together with size and inode is what git relies on as well.
 */
import type { Entry, Files } from "../host.js";
import { createManifestMemory, type ManifestMemory } from "./manifest-memory.js";
import { createSpots, type Spots } from "./spots.js";
import { hashOf, toFingerprint, type Fingerprint } from "./fingerprint.js";

export type DiskMemory = {
  readonly spots: Spots;
  readonly manifests: ManifestMemory;
  /** The text of a file whose entry is `entry`. */
  read(files: Files, path: string, entry: Entry): string;
  /** Notes what has just been written. */
  wrote(path: string, entry: Entry, text: string): void;
  forget(path: string): void;
  /** Of a text that stands at a path, or is to stand there. */
  fingerprintOf(path: string, text: string): Fingerprint;
  /** The exact half of it, which costs less where the fingerprint is not known. */
  exactOf(path: string, text: string): string;
};

/** Of a path: what was planned, what stands there, and what stood there. */
const keptPrints = 3;

export function createDiskMemory(): DiskMemory {
  const texts = new Map<string, { readonly entry: Entry; readonly text: string }>();
  // By path and not by text: V8 hashes long texts by their length alone, and old texts must go.
  const prints = new Map<string, { readonly text: string; readonly print: Fingerprint }[]>();
  const printOf = (path: string, text: string): Fingerprint | null =>
    prints.get(path)?.find((known) => known.text === text)?.print ?? null;

  return {
    spots: createSpots(),
    manifests: createManifestMemory(),
    read(files, path, entry) {
      const known = texts.get(path);
      if (known !== undefined && isSame(known.entry, entry)) return known.text;
      const text = Buffer.from(files.read(path)).toString("utf8");
      texts.set(path, { entry, text });
      return text;
    },
    wrote: (path, entry, text) => void texts.set(path, { entry, text }),
    forget: (path) => void texts.delete(path),
    fingerprintOf(path, text) {
      const known = printOf(path, text);
      if (known !== null) return known;
      const print = toFingerprint(text);
      const others = prints.get(path) ?? [];
      prints.set(path, [{ text, print }, ...others.slice(0, keptPrints - 1)]);
      return print;
    },
    exactOf: (path, text) => printOf(path, text)?.exact ?? hashOf(Buffer.from(text)),
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
