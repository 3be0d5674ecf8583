/**
 * Sees changes of a contract, of its configuration and of prettier's options on the disk. It says that
 * something happened and which path it was; what it means is found out by a run.
 *
 * chokidar holds back the removal of a file for 100 ms: editors that save by removing and creating appear as
 * one change.
 */
import { basename } from "node:path";
import chokidar from "chokidar";
import { isContractFileName } from "../contract-names.js";

export type Watched = {
  /** Folder (with all below it) or file of the contract; null while there is none. */
  readonly contract: string | null;
  /** Folders in which files of these names count, but nothing below them. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
};

export type Watcher = { close(): Promise<void> };

/** Resolves when changes are being seen. */
export async function createWatcher(
  watched: Watched,
  onChange: (path: string) => void,
): Promise<Watcher> {
  const { contract, folders } = watched;
  const watchers = [
    ...(contract === null ? [] : [watchContract(contract)]),
    ...[...folders].map(([folder, names]) => watchFolder(folder, names)),
  ];
  for (const watcher of watchers) {
    watcher.on("all", (_, path) => onChange(path));
    // A folder that may not be read, or went away while it was looked at: the next run says so.
    watcher.on("error", () => undefined);
  }
  await Promise.all(
    watchers.map((watcher) => new Promise<void>((resolve) => watcher.once("ready", resolve))),
  );
  return {
    close: async () => {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

function watchContract(contract: string): ReturnType<typeof chokidar.watch> {
  return chokidar.watch(contract, {
    ignoreInitial: true,
    ignored: (path, stats) => {
      if (path === contract) return false;
      const name = basename(path);
      if (name.startsWith(".") || name === "node_modules") return true;
      return stats?.isFile() === true && !isContractFileName(name);
    },
  });
}

function watchFolder(
  folder: string,
  names: ReadonlySet<string>,
): ReturnType<typeof chokidar.watch> {
  return chokidar.watch(folder, {
    ignoreInitial: true,
    depth: 0,
    ignored: (path) => path !== folder && !names.has(basename(path)),
  });
}
