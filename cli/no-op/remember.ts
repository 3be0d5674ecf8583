/** Notes what a run looked at and wrote, for the launcher of the next one. */
import { basename, dirname, join } from "node:path";
import { addTo } from "../../ir/lists.js";
import { noOverrides, type Overrides } from "../config.js";
import { toSummary } from "../account/actions.js";
import type { Generated } from "../generate.js";
import type { Files, Host } from "../host.js";
import type { Installation } from "../installation.js";
import type { Inspection } from "../write/steps.js";
import { saveRecord } from "./save.js";
import {
  clockTick,
  recordName,
  toRecordedFile,
  type RecordedFile,
  type RecordedFolder,
  type RunRecord,
} from "./record.js";

/**
 * Writes the record of a run that ended well, unless the next run may have something to say that this one
 * cannot know. A cache folder that cannot be written is no failure.
 *
 * @param began when the run began, milliseconds since 1970
 * @param said what it said about the contract
 */
export function rememberRun(
  host: Host,
  installation: Installation,
  overrides: Overrides,
  result: Generated,
  { began, said }: { readonly began: number; readonly said: string },
): void {
  const { configuration, configSeen, inspection, dependencies } = result;
  const isPlain = JSON.stringify(overrides) === JSON.stringify(noOverrides);
  if (configuration === null || inspection === null || dependencies === null || !isPlain) return;
  // Orphans and leftovers may go at any time, and then the manifest changes.
  if (configSeen === null || inspection.diagnostics.length > 0) return;
  const outputs = toOutputs(host.files, inspection, result.exactOf);
  if (outputs === null) return;
  const record: RunRecord = {
    build: installation.build,
    config: configSeen.path,
    project: configuration.project,
    trustedBefore: began - clockTick,
    files: [
      ...[configSeen, ...result.contract.files, ...dependencies.files].map(
        ({ path, entry, hash }) => toRecordedFile(path, entry, hash),
      ),
      ...outputs,
    ],
    folders: [...result.contract.folders, ...dependencies.folders, ...toHandlerFolders(inspection)],
    said,
    cwd: host.machine.cwd,
    colour: host.terminal.colour.err,
    width: host.terminal.width,
    summary: toSummary(result.planned.map(({ path }) => ({ action: "keep" as const, path }))),
  };
  saveRecord(host.files, join(configuration.cache, recordName), record, host.machine.pid);
}

/** Generated files and manifests as they are on the disk now; null when one has gone already. */
function toOutputs(
  files: Files,
  inspection: Inspection,
  exactOf: Generated["exactOf"],
): readonly RecordedFile[] | null {
  const written = [
    ...inspection.steps.flatMap((step) => ("text" in step && step.kind !== "stub" ? [step] : [])),
    ...inspection.manifests,
    ...inspection.keptManifests,
  ];
  const recorded: RecordedFile[] = [];
  for (const { path, text } of written) {
    const entry = files.look(path);
    if (entry === null) return null;
    recorded.push(toRecordedFile(path, entry, exactOf(path, text)));
  }
  return recorded;
}

function toHandlerFolders({ steps }: Inspection): readonly RecordedFolder[] {
  const byFolder = new Map<string, string[]>();
  for (const step of steps) {
    if (step.kind !== "stub" && step.kind !== "leave") continue;
    const folder = dirname(step.path);
    addTo(byFolder, folder, basename(step.path));
  }
  return [...byFolder].map(([path, names]) => ({ path, kind: "handlers", names: names.sort() }));
}
