/**
 * Everything the command line needs from the machine: files, a clock, a terminal and a few facts about the
 * process. Nothing else in `cli/` touches `node:fs` or `process`, so each command runs in memory as well
 * (`testing/memory-host.ts`) as on a disk (`node-host.ts`).
 *
 * Files are synchronous: a run is one burst of small reads and writes, and waiting for each of them in turn
 * is faster than handing them to a pool. Paths are absolute and use the machine's separator.
 *
 * Invariants: no method follows a symbolic link in the last part of a path, except `read` and `realPath`;
 * no method replaces a file except `rename`; every failure of the disk is a `FileFault` with its code.
 */

import type { FindFormatter } from "./format/formatter.js";

/** What stands at a path. */
export type Entry = {
  readonly kind: "file" | "folder" | "link" | "other";
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970; changes with the content. */
  readonly modified: number;
  /** Milliseconds since 1970; changes with anything, and nobody can set it back. */
  readonly changed: number;
  /** Identifies the file on its disk: another file at the same path has another number. */
  readonly inode: number;
};

export type NamedEntry = { readonly name: string; readonly kind: Entry["kind"] };

export type Files = {
  /** The bytes of a file. */
  read(path: string): Uint8Array;
  /** What is at the path, a link as a link; null when nothing is. */
  look(path: string): Entry | null;
  /** The entries of a folder, sorted by name. */
  list(path: string): readonly NamedEntry[];
  /** The path with all links followed; null when it leads nowhere. */
  realPath(path: string): string | null;
  /** Creates a folder and those above it; answers the topmost one that was missing, or null. */
  createFolder(path: string): string | null;
  /** Creates a file; `EEXIST` when there is anything at the path, a dangling link included. */
  create(path: string, content: string | Uint8Array): void;
  /** Moves a file over whatever file is at the target, in one step. */
  rename(from: string, to: string): void;
  /** Gives a file a second name; `EEXIST` when there is anything at the new one. */
  link(existing: string, added: string): void;
  /** Removes a file or a link. */
  remove(path: string): void;
  /** Removes an empty folder; `ENOTEMPTY` otherwise. */
  removeFolder(path: string): void;
};

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, never running backwards. */
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
};

export type Terminal = {
  /** Data, for pipes. */
  out(text: string): void;
  /** Progress and reports, for people. */
  err(text: string): void;
  /** Whether what goes there may be coloured: a terminal, and no `NO_COLOR`. */
  readonly colour: { readonly out: boolean; readonly err: boolean };
  /** Columns that reports may use. */
  readonly width: number;
  /** All of standard input. */
  readInput(): Uint8Array;
};

export type Machine = {
  /** The working directory. */
  readonly cwd: string;
  readonly pid: number;
  readonly hostname: string;
  /** Version of Node. */
  readonly runtime: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A folder for what nobody needs to keep. */
  readonly temporary: string;
  /** Whether a process of this machine is running. */
  isRunning(pid: number): boolean;
  /** Calls back once, when somebody asks the process to end; it then ends itself. */
  onInterrupt(callback: () => void): void;
};

export type Host = {
  readonly files: Files;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly machine: Machine;
  readonly findFormatter: FindFormatter;
};

/** A refusal of the disk, with the code of the operating system (`ENOENT`, `EACCES`, `ENOSPC` …). */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly code: string;
  readonly path: string;

  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
    this.path = path;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EEXIST: "something is there already",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of the path is a file",
  EISDIR: "it is a folder",
  ENOTEMPTY: "the folder is not empty",
  ELOOP: "its symbolic links go in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EIO: "the disk reports an error",
  EBUSY: "another program is using it",
};

/** The fault in words: `the disk is full`. Unknown codes speak for themselves. */
export function toReason(fault: FileFault): string {
  return reasons[fault.code] ?? fault.code;
}
