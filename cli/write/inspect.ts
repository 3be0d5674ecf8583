/**
 * Compares what is planned with what is on the disk and decides, for every file, what to do: the table of
 * writing rules, read top to bottom. Reads only; whatever it finds, nothing has been touched yet.
 *
 * Handlers are looked at, never read: whether something is there is all that counts.
 *
 * Words: *ours* is a file whose content the manifest (or the journal of a run that was cut off) knows;
 * *edited* is one that was ours and is no more; a *stranger* never was.
 */
import { dirname, join } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { PlannedFile } from "../../templates/plan.js";
import { FileFault, toReason, type Entry, type Files } from "../host.js";
import type { DiskMemory } from "./disk-memory.js";
import { hasConflictMarkers, type Fingerprint } from "./fingerprint.js";
import { emptyManifest, manifestName, type Manifest } from "./manifest.js";
import { findOrphans, type Orphan } from "./orphans.js";
import { createPlaces, nameOf, toPath } from "./places.js";
import type { Spot } from "./spots.js";
import type { Inspection, ManifestStep, OutputFolder, Step } from "./steps.js";

export type InspectOptions = {
  readonly folders: readonly OutputFolder[];
  readonly planned: readonly PlannedFile[];
  /** Edited files are kept under another name and replaced. */
  readonly force: boolean;
  /** A path as people see it. */
  readonly show: (path: string) => string;
  /** Exact hashes, by absolute path, of what a run that was cut off was about to write. */
  readonly unfinished: ReadonlyMap<string, string>;
};

export function inspect(files: Files, memory: DiskMemory, options: InspectOptions): Inspection {
  const { show } = options;
  const places = createPlaces(files, show);
  const steps: Step[] = [];
  const manifests: ManifestStep[] = [];
  const keptManifests: { path: string; text: string }[] = [];
  const diagnostics: Diagnostic[] = [];
  const taken = new Set<string>();
  const listings = new Map<string, ReadonlyMap<string, Entry["kind"]>>();

  for (const folder of options.folders) {
    const planned = options.planned.filter((file) => file.target === folder.target);
    attempt(() => inspectFolder(folder, planned));
  }
  return { steps, manifests, keptManifests, diagnostics };

  function inspectFolder(folder: OutputFolder, planned: readonly PlannedFile[]): void {
    const problem = places.problemOf(folder.path, folder.path);
    if (problem !== null) {
      if (planned.length > 0) diagnostics.push(problem);
      return;
    }
    const manifestPath = join(folder.path, manifestName);
    const before = readManifestText(manifestPath);
    const manifest = before === null ? null : memory.manifests.read(manifestPath, before);
    if (manifest?.damaged === true) {
      diagnostics.push(report("MZ6008", null, { path: show(manifestPath) }));
    }
    const known = manifest ?? emptyManifest;
    const generated = new Map<string, readonly Fingerprint[]>();
    const stubs = new Map<string, string>();
    const added: string[] = [];

    for (const file of planned) {
      attempt(() => {
        const spot = placeOf(folder, file);
        if (spot === null) return;
        const { path } = spot;
        if (file.kind === "stub") {
          stubs.set(file.path, file.handled);
          if (inspectStub(spot, file)) added.push(file.path);
        } else {
          generated.set(file.path, [memory.fingerprintOf(path, file.text)]);
          inspectGenerated(path, file, manifest);
        }
      });
    }
    const plannedPaths = new Set(planned.map((file) => file.path));
    for (const [path, prints] of known.generated) {
      if (plannedPaths.has(path)) continue;
      attempt(() => {
        if (inspectLeftover(folder, path, prints)) generated.set(path, prints);
      });
    }
    const gone = [...known.stubs].filter(
      ([path]) => !plannedPaths.has(path) && files.look(toPath(folder.path, path)) !== null,
    );
    for (const [path, name] of gone) stubs.set(path, name);
    for (const orphan of findOrphans(gone, added, known.stubs, stubs)) {
      diagnostics.push(toOrphanWarning(folder, orphan));
    }

    const text = memory.manifests.print(manifestPath, { generated, stubs });
    const isEmpty = generated.size === 0 && stubs.size === 0;
    if (text === before) keptManifests.push({ path: manifestPath, text });
    else if (before !== null || !isEmpty) manifests.push({ path: manifestPath, text, before });
  }

  /** Where a planned file goes, or null when it must not go there (which has been reported). */
  function placeOf(folder: OutputFolder, file: PlannedFile): Spot | null {
    const spot = memory.spots.of(folder.path, file.path);
    if (!spot.isAllowed || taken.has(spot.key)) {
      diagnostics.push(report("MZ6010", null, { path: show(spot.path) }));
      return null;
    }
    taken.add(spot.key);
    const problem = places.problemOf(folder.path, spot.folder);
    if (problem === null) return spot;
    if (!diagnostics.includes(problem)) diagnostics.push(problem);
    return null;
  }

  /** Answers whether the stub is new. Anything at all at its path is the team's. */
  function inspectStub({ path, folder, name }: Spot, stub: PlannedFile): boolean {
    const kind = kindsIn(folder).get(name) ?? null;
    if (kind === null) steps.push({ kind: "stub", path, text: stub.text });
    else if (kind === "folder") blocked(path, kind);
    else steps.push({ kind: "leave", path });
    return kind === null;
  }

  /** What a folder holds, by name: one question for a thousand handlers. */
  function kindsIn(folder: string): ReadonlyMap<string, Entry["kind"]> {
    const known = listings.get(folder);
    if (known !== undefined) return known;
    const entries = files.look(folder) === null ? [] : files.list(folder);
    const kinds = new Map(entries.map(({ name, kind }) => [name, kind]));
    listings.set(folder, kinds);
    return kinds;
  }

  function inspectGenerated(path: string, file: PlannedFile, manifest: Manifest | null): void {
    const { text } = file;
    const entry = files.look(path);
    if (entry === null) {
      steps.push({ kind: "create", path, text });
      return;
    }
    if (entry.kind !== "file") {
      blocked(path, entry.kind);
      return;
    }
    const before = memory.read(files, path, entry);
    const known = manifest?.generated.get(file.path);
    if (before === text || isReformatted(path, before, text, known)) {
      steps.push({ kind: "keep", path, text: before });
      return;
    }
    const update = { kind: "update", path, text, before, entry, keepAs: null } as const;
    if (isOurs(path, before, known ?? []) || hasConflictMarkers(before)) {
      steps.push(update);
    } else if (known === undefined && manifest !== null && !looksGenerated(before)) {
      diagnostics.push(
        report(
          "MZ6002",
          null,
          { path: show(path) },
          { help: "move it away, or choose another folder" },
        ),
      );
    } else if (options.force) {
      steps.push({ ...update, keepAs: freeName(path) });
    } else {
      diagnostics.push(
        report(
          "MZ6001",
          null,
          { path: show(path) },
          {
            help: `undo the edit, or run \`mizan gen --force\`, which keeps it as ${show(freeName(path))}`,
          },
        ),
      );
    }
  }

  /**
   * Same but for layout. If the plan is also what it was when the file was written, a formatter did that
   * and keeps its way; if the plan has changed, the difference may be a blank in a string, and counts.
   */
  function isReformatted(
    path: string,
    before: string,
    text: string,
    known: readonly Fingerprint[] | undefined,
  ): boolean {
    const planned = memory.fingerprintOf(path, text);
    if (known !== undefined && !known.some((print) => print.exact === planned.exact)) return false;
    return memory.fingerprintOf(path, before).loose === planned.loose;
  }

  function isOurs(path: string, text: string, known: readonly Fingerprint[]): boolean {
    const { exact, loose } = memory.fingerprintOf(path, text);
    return known.some((print) => print.loose === loose) || options.unfinished.get(path) === exact;
  }

  /** A file that is no longer planned. Answers whether the manifest goes on listing it. */
  function inspectLeftover(
    folder: OutputFolder,
    path: string,
    prints: readonly Fingerprint[],
  ): boolean {
    const full = toPath(folder.path, path);
    const entry = files.look(full);
    if (entry === null || taken.has(full.toLowerCase())) return false;
    if (entry.kind === "file" && places.problemOf(folder.path, dirname(full)) === null) {
      const before = memory.read(files, full, entry);
      if (isOurs(full, before, prints)) {
        steps.push({ kind: "delete", path: full, before, entry });
        return false;
      }
    }
    diagnostics.push(
      report(
        "MZ6006",
        null,
        { path: show(full) },
        { help: "delete it when nothing of it is needed any more" },
      ),
    );
    return true;
  }

  function toOrphanWarning(folder: OutputFolder, { path, renamedTo }: Orphan): Diagnostic {
    const help =
      renamedTo === null
        ? "delete it when nothing of it is needed any more"
        : `if the function was renamed, move what you wrote to ${show(toPath(folder.path, renamedTo))} and delete it`;
    return report("MZ6007", null, { path: show(toPath(folder.path, path)) }, { help });
  }

  function readManifestText(path: string): string | null {
    const entry = files.look(path);
    if (entry === null) return null;
    if (entry.kind !== "file") {
      blocked(path, entry.kind);
      return null;
    }
    return memory.read(files, path, entry);
  }

  function blocked(path: string, kind: Entry["kind"]): void {
    diagnostics.push(
      report("MZ6003", null, { path: show(path), wanted: "file", found: nameOf(kind) }),
    );
  }

  /** The first `<name>.edited-<n>` that is free. */
  function freeName(path: string): string {
    for (let count = 1; ; count++) {
      const name = `${path}.edited-${count}`;
      if (files.look(name) === null) return name;
    }
  }

  /** One unreadable file is one diagnostic; the others are looked at all the same. */
  function attempt(action: () => void): void {
    try {
      action();
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      diagnostics.push(report("MZ6014", null, { path: show(fault.path), reason: toReason(fault) }));
    }
  }
}

/** The first line that all our files share. It makes no file ours, but an edited one rather than a stranger. */
function looksGenerated(text: string): boolean {
  return /^\ufeff?\/\/ Generated by mizan from /.test(text);
}
