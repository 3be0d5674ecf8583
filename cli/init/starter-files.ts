/**
 * The files of a new project, read from `starter/`. They stand there with `.txt` behind their names, since
 * they belong to another project: our own checks must leave them alone, and npm drops a `.gitignore` from
 * packages.
 */
import { join } from "node:path";
import type { Files } from "../host.js";

export type StarterFile = {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
};

const ending = ".txt";

/** @param folder where the installation keeps them */
export function readStarter(files: Files, folder: string): readonly StarterFile[] {
  const found: StarterFile[] = [];
  enter("");
  return found;

  function enter(inside: string): void {
    for (const { name, kind } of files.list(join(folder, inside))) {
      const path = inside === "" ? name : `${inside}/${name}`;
      if (kind === "folder") enter(path);
      else if (name.endsWith(ending)) {
        const text = Buffer.from(files.read(join(folder, path))).toString();
        found.push({ path: path.slice(0, -ending.length), text });
      }
    }
  }
}
