/** Which names in a folder matter to a run: shared by whoever notes them and whoever compares them. */
import { formatterConfigNames } from "../format/config-names.js";
import type { Files, NamedEntry } from "../host.js";
import { isContractFileName } from "../contract-names.js";
import type { RecordedFolder } from "./record.js";

/** The names in a folder that matter for its kind, sorted; for handlers all of them. */
export function listNames(
  files: Files,
  path: string,
  kind: RecordedFolder["kind"],
): readonly string[] {
  const matters = filters[kind];
  return files
    .list(path)
    .filter(matters)
    .map(({ name }) => name);
}

const filters: Readonly<Record<RecordedFolder["kind"], (entry: NamedEntry) => boolean>> = {
  contract: ({ name, kind }) =>
    isContractFileName(name) ||
    (kind !== "file" && !name.startsWith(".") && name !== "node_modules"),
  formatter: ({ name }) => formatterConfigNames.has(name),
  handlers: () => true,
};
