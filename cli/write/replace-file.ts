/** One file that a command was asked to write: replaced in one step, and left alone if it is the same. */
import { dirname } from "node:path";
import { FileFault, type Host } from "../host.js";

/** Throws a FileFault where the disk refuses; then whatever was at the path is still there. */
export function replaceFile({ files, machine }: Host, path: string, text: string): void {
  if (holds(path)) return;
  files.createFolder(dirname(path));
  const entry = files.look(path);
  if (entry?.kind === "folder") throw new FileFault("EISDIR", path);
  const fresh = `${path}.mizan-${machine.pid}.new`;
  files.create(fresh, text);
  try {
    files.rename(fresh, path);
  } catch (fault) {
    files.remove(fresh);
    throw fault;
  }

  function holds(existing: string): boolean {
    try {
      return Buffer.from(files.read(existing)).toString() === text;
    } catch (fault) {
      if (fault instanceof FileFault) return false;
      throw fault;
    }
  }
}
