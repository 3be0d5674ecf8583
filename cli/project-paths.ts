/** How the folders of a configuration are called, by the writer and inside generated text. */
import { relative, sep } from "node:path";
import type { Configuration } from "./config.js";
import type { OutputFolder } from "./write/steps.js";

/** The folders of a configuration, in the order in which they are written. */
export function toFolders({ server, clients }: Configuration): readonly OutputFolder[] {
  return [
    ...(server === null
      ? []
      : [
          { target: "handlers" as const, path: server.handlers },
          { target: "server" as const, path: server.folder },
        ]),
    ...clients.map((client, index) => ({
      target: `client:${index}` as const,
      path: client.folder,
    })),
  ];
}

/** The contract as the first line of generated files names it: its path from the configuration's folder. */
export function toContractPath({ folder, contract }: Configuration): string {
  return toPosix(relative(folder, contract)) || ".";
}

/** The way from one folder to another as an import writes it: `../../handlers`, `./handlers`. */
export function toImportPath(from: string, to: string): string {
  const way = toPosix(relative(from, to));
  if (way === "") return ".";
  return way.startsWith(".") ? way : `./${way}`;
}

function toPosix(path: string): string {
  return path.split(sep).join("/");
}
