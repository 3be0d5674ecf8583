/** Replaces the record in the cache folder, in one step. Apart, because the launcher loads it. */
import { FileFault, type Files } from "../host.js";
import type { RunRecord } from "./record.js";

/** A cache folder that cannot be written is no failure. */
export function saveRecord(files: Files, path: string, record: RunRecord, pid: number): void {
  const fresh = `${path}.${pid}`;
  try {
    if (files.look(fresh) !== null) files.remove(fresh);
    files.create(fresh, JSON.stringify(record));
    files.rename(fresh, path);
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
  }
}
