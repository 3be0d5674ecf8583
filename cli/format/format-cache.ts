/** Texts that prettier has formatted, kept in the cache folder: for projects whose options only it can follow. */
import { dirname, join } from "node:path";
import { FileFault, type Files } from "../host.js";
import { sha256 } from "../write/fingerprint.js";

export type FormatCache = {
  get(key: string): string | null;
  set(key: string, formatted: string): void;
  /** Keeps what was used since the cache was opened. A cache that cannot be written is no failure. */
  save(): void;
};

export function openFormatCache(files: Files, folder: string, pid: number): FormatCache {
  const path = join(folder, "prettier.json");
  const known = load(files, path);
  const used = new Map<string, string>();
  let changed = false;
  return {
    get(key) {
      const text = known.get(key) ?? null;
      if (text !== null) used.set(key, text);
      return text;
    },
    set(key, formatted) {
      known.set(key, formatted);
      used.set(key, formatted);
      changed = true;
    },
    save() {
      if (!changed && used.size === known.size) return;
      const fresh = `${path}.${pid}`;
      try {
        files.createFolder(dirname(path));
        if (files.look(fresh) !== null) files.remove(fresh);
        files.create(fresh, JSON.stringify([...used]));
        files.rename(fresh, path);
      } catch (fault) {
        if (!(fault instanceof FileFault)) throw fault;
      }
    },
  };
}

/** Names a text, its options and the version of prettier. */
export function toFormatKey(version: string, options: string, path: string, text: string): string {
  return sha256([version, options, path, text].join("\0"));
}

function load(files: Files, path: string): Map<string, string> {
  try {
    const value: unknown = JSON.parse(Buffer.from(files.read(path)).toString());
    const pairs: unknown[] = Array.isArray(value) ? value : [];
    return new Map(pairs.flatMap((pair) => (isPair(pair) ? [pair] : [])));
  } catch (error) {
    if (error instanceof FileFault || error instanceof SyntaxError) return new Map();
    throw error;
  }
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string";
}
