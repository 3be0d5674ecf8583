/**
 * `last-run.json` in the cache folder: what the last run looked at and wrote, so that the next one can tell
 * in a few milliseconds that there is nothing to do. It is a hint and no more: whatever is missing, odd or
 * different leads to a full run.
 *
 * A file counts as unchanged when its size, times and inode are, provided it was left alone before the run
 * that noted it began; otherwise its content decides.
 */
import type { Entry } from "../host.js";

/** A file and what was in it. */
export type RecordedFile = {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  /** First 16 hex digits of the SHA-256 of its bytes. */
  readonly hash: string;
};

/** The names in a folder that matter: all of a kind (`contract`, `formatter`), or some that must be there. */
export type RecordedFolder = {
  readonly path: string;
  readonly kind: "contract" | "formatter" | "handlers";
  /** Sorted. */
  readonly names: readonly string[];
};

export type RunRecord = {
  /** Another build may generate other text. */
  readonly build: string;
  readonly config: string;
  readonly project: string;
  /** Files that changed at this time or later are compared by content; milliseconds since 1970. */
  readonly trustedBefore: number;
  readonly files: readonly RecordedFile[];
  readonly folders: readonly RecordedFolder[];
  /** What the run said about the contract, and for which terminal it said it. */
  readonly said: string;
  readonly cwd: string;
  readonly colour: boolean;
  readonly width: number;
  /** Said when there is nothing to do. */
  readonly summary: string;
};

export const recordName = "last-run.json";

/** Two changes within a clock tick of the file system can look like one. Milliseconds. */
export const clockTick = 20;

export function toRecordedFile(path: string, entry: Entry, hash: string): RecordedFile {
  const { size, modified, changed, inode } = entry;
  return { path, size, modified, changed, inode, hash };
}

/** Null for anything that this version would not have written. */
export function parseRecord(text: string): RunRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isRecord(value) ? value : null;
}

function isRecord(value: unknown): value is RunRecord {
  return (
    isObject(value) &&
    ["build", "config", "project", "said", "cwd", "summary"].every((key) => isText(value[key])) &&
    ["trustedBefore", "width"].every((key) => typeof value[key] === "number") &&
    typeof value["colour"] === "boolean" &&
    Array.isArray(value["files"]) &&
    value["files"].every(isFile) &&
    Array.isArray(value["folders"]) &&
    value["folders"].every(isFolder)
  );
}

function isFile(value: unknown): value is RecordedFile {
  return (
    isObject(value) &&
    isText(value["path"]) &&
    isText(value["hash"]) &&
    ["size", "modified", "changed", "inode"].every((key) => typeof value[key] === "number")
  );
}

function isFolder(value: unknown): value is RecordedFolder {
  return (
    isObject(value) &&
    isText(value["path"]) &&
    ["contract", "formatter", "handlers"].some((kind) => kind === value["kind"]) &&
    Array.isArray(value["names"]) &&
    value["names"].every(isText)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
