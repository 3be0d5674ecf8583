/**
 * `.mizan-manifest.json`: what we wrote into a folder, one line per file, so that the next run can tell our
 * files from edited ones and from strangers.
 *
 *     {
 *       "generated contexts/user.ts": "<exact> <loose>",
 *       "stub rename-user.ts": "rename_user",
 *       "version": 1
 *     }
 *
 * It is committed, so it is made to be merged: sorted, nothing in it that changes on every run, and a last
 * line that never moves. It is read line by line rather than as JSON: after a merge (with conflict markers,
 * or both sides' lines kept) every legible line still counts, and a file may then have several fingerprints,
 * each of them ours.
 */
import type { Fingerprint } from "./fingerprint.js";

export const manifestName = ".mizan-manifest.json";

export type Manifest = {
  /** Fingerprints by path, posix and relative to the folder. */
  readonly generated: ReadonlyMap<string, readonly Fingerprint[]>;
  /** The wire name of the function, by the stub's path. */
  readonly stubs: ReadonlyMap<string, string>;
  /** Something in the file was not what we write. */
  readonly damaged: boolean;
};

export const emptyManifest: Manifest = { generated: new Map(), stubs: new Map(), damaged: false };

const entryLine = /^ {2}"(generated|stub) ((?:[^"\\]|\\.)*)": "((?:[^"\\]|\\.)*)",$/;
const frameLine = /^(?:\{|\}| {2}"version": 1|)$/;
const conflictLine = /^(?:<{7}|={7}|>{7}|\|{7})/;

export function readManifest(text: string): Manifest {
  const generated = new Map<string, Fingerprint[]>();
  const stubs = new Map<string, string>();
  let damaged = false;
  let framed = 0;
  for (const line of text.split(/\r?\n/)) {
    const [, kind, quotedPath, quotedValue] = entryLine.exec(line) ?? [];
    const path = quotedPath === undefined ? null : unquote(quotedPath);
    const value = quotedValue === undefined ? null : unquote(quotedValue);
    if (path === null || value === null) {
      if (frameLine.test(line)) framed += line === "" ? 0 : 1;
      else if (!conflictLine.test(line)) damaged = true;
    } else if (!isInnerPath(path)) {
      damaged = true;
    } else if (kind === "stub") {
      stubs.set(path, value);
    } else {
      const [, exact, loose] = /^([0-9a-f]{16}) ([0-9a-f]{32})$/.exec(value) ?? [];
      if (exact === undefined || loose === undefined) damaged = true;
      else generated.set(path, [...(generated.get(path) ?? []), { exact, loose }]);
    }
  }
  return { generated, stubs, damaged: damaged || framed < 3 };
}

export function printManifest(
  generated: ReadonlyMap<string, readonly Fingerprint[]>,
  stubs: ReadonlyMap<string, string>,
): string {
  const lines = [
    ...[...generated].flatMap(([path, prints]) =>
      prints.map(({ exact, loose }) => toLine("generated", path, `${exact} ${loose}`)),
    ),
    ...[...stubs].map(([path, name]) => toLine("stub", path, name)),
  ].sort();
  return ["{", ...lines, '  "version": 1', "}", ""].join("\n");
}

function toLine(kind: string, path: string, value: string): string {
  return `  ${JSON.stringify(`${kind} ${path}`)}: ${JSON.stringify(value)},`;
}

function unquote(text: string): string | null {
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

/**
 * A path that stays in its folder. The manifest is a file that anybody may edit, and paths in it are
 * deleted: nothing of it is believed.
 */
export function isInnerPath(path: string): boolean {
  return (
    path !== "" &&
    !/[\\\0:]/.test(path) &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}
