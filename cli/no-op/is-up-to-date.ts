/**
 * Whether everything is as the last run left it. Reads names, sizes and times; contents only where those
 * differ or cannot be trusted yet.
 */
import { dirname, join } from "node:path";
import { findConfig, findProject, upward } from "../config/find.js";
import { FileFault, type Files } from "../host.js";
import { listNames } from "./folders.js";
import {
  clockTick,
  parseRecord,
  recordName,
  toRecordedFile,
  type RecordedFile,
  type RecordedFolder,
  type RunRecord,
} from "./record.js";

export type UpToDate = {
  readonly record: RunRecord;
  /** Where it stands. */
  readonly path: string;
  /** The record with the times seen now, when contents had to decide; else null. */
  readonly refreshed: RunRecord | null;
};

export type NoOpQuestion = {
  readonly files: Files;
  readonly cwd: string;
  readonly build: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** First 16 hex digits of the SHA-256; asked only where times differ. */
  readonly hash: (bytes: Uint8Array) => string;
};

/** Null when a full run is needed, for whatever reason. */
export function findUpToDate(question: NoOpQuestion): UpToDate | null {
  try {
    return look(question);
  } catch (fault) {
    // Something is missing or unreadable: the full run says what.
    if (fault instanceof FileFault) return null;
    throw fault;
  }
}

function look({ files, cwd, build, now, hash }: NoOpQuestion): UpToDate | null {
  const config = findConfig(files, cwd);
  const path = config === null ? null : findRecord(files, dirname(config));
  if (config === null || path === null) return null;
  const record = parseRecord(Buffer.from(files.read(path)).toString());
  if (record === null || record.build !== build || record.config !== config) return null;
  if (findProject(files, dirname(config)) !== record.project) return null;
  if (!record.folders.every((folder) => hasSameNames(files, folder))) return null;

  const seen: RecordedFile[] = [];
  for (const file of record.files) {
    const now = compare(files, file, record.trustedBefore, hash);
    if (now === null) return null;
    seen.push(now);
  }
  const isSame = seen.every((file, index) => file === record.files[index]);
  const trustedBefore = now - clockTick;
  return { record, path, refreshed: isSame ? null : { ...record, trustedBefore, files: seen } };
}

function findRecord(files: Files, from: string): string | null {
  for (const folder of upward(from)) {
    const path = join(folder, "node_modules", ".cache", "mizan", recordName);
    if (files.look(path) !== null) return path;
  }
  return null;
}

function hasSameNames(files: Files, { path, kind, names }: RecordedFolder): boolean {
  const there = listNames(files, path, kind);
  if (kind === "handlers") {
    const all = new Set(there);
    return names.every((name) => all.has(name));
  }
  return there.length === names.length && there.every((name, index) => name === names[index]);
}

/** The file as it is now if its content is the same: the very same object if its times are too. */
function compare(
  files: Files,
  file: RecordedFile,
  trustedBefore: number,
  hash: (bytes: Uint8Array) => string,
): RecordedFile | null {
  const entry = files.look(file.path);
  // A link is looked through by reading: contract files may be links, output never is.
  if (entry === null || entry.kind === "folder" || entry.kind === "other") return null;
  const isSame =
    entry.size === file.size &&
    entry.modified === file.modified &&
    entry.changed === file.changed &&
    entry.inode === file.inode &&
    entry.kind === "file" &&
    entry.changed < trustedBefore;
  if (isSame) return file;
  if (entry.kind === "file" && entry.size !== file.size) return null;
  if (hash(files.read(file.path)) !== file.hash) return null;
  return toRecordedFile(file.path, entry, file.hash);
}
