/**
 * Does what `inspect` decided, all of it or nothing: every new text is first written beside its place, then
 * everything is moved into place, the manifests last. Whatever fails, the moves made so far are taken back,
 * so that a full disk leaves the old output. A run that is killed in the middle leaves a journal, from which
 * the next one knows which files are its own.
 *
 * A handler takes its name in one step that fails if anything is there, and is never touched again: nobody could
 * mend one that was left half written.
 */
import { basename, dirname, join } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import { FileFault, toReason, type Entry, type Files } from "../host.js";
import { isSame, type DiskMemory } from "./disk-memory.js";
import type { Journal } from "./journal.js";
import type { Inspection, Step } from "./steps.js";

export type CarryOutOptions = {
  readonly files: Files;
  readonly memory: DiskMemory;
  readonly journal: Journal;
  readonly pid: number;
  readonly show: (path: string) => string;
};

/** Another program changed a file between the check and the write. */
class ChangedMeanwhile extends Error {
  readonly path: string;
  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

/** Answers what went wrong: an empty list when everything is on the disk. */
export function carryOut(
  inspection: Inspection,
  { files, memory, journal, pid, show }: CarryOutOptions,
): readonly Diagnostic[] {
  /** Each one takes back one thing done; run from the last to the first. */
  const undo: { readonly path: string; readonly action: () => void }[] = [];
  /** Old files under their temporary names, for taking back; removed in the end. */
  const rubbish: string[] = [];

  const writes = [
    ...inspection.steps.filter((step) => step.kind === "create" || step.kind === "update"),
    ...inspection.manifests.map((manifest) => ({
      kind: manifest.before === null ? ("create" as const) : ("update" as const),
      ...manifest,
      entry: null,
      keepAs: null,
    })),
  ];
  const removals = inspection.steps.filter((step) => step.kind === "delete");
  const stubs = inspection.steps.filter((step) => step.kind === "stub");
  if (writes.length + removals.length + stubs.length === 0) return [];

  try {
    const moves = [
      ...writes.map(({ path, text }) => ({ path, hash: memory.exactOf(path, text) })),
      ...[...removals, ...stubs].map(({ path }) => ({ path, hash: null })),
    ];
    journal.begin(moves, pid);
    const folders = new Set([...writes, ...stubs].map(({ path }) => dirname(path)));
    for (const folder of folders) makeFolder(folder);
    for (const { path, text } of [...writes, ...stubs]) {
      const fresh = temporary(path, "new");
      clear(fresh);
      files.create(fresh, text);
      undo.push({ path, action: () => clear(fresh) });
    }
    for (const stub of stubs) createStub(stub);
    for (const write of writes.slice(0, writes.length - inspection.manifests.length)) place(write);
    for (const removal of removals) takeAway(removal);
    for (const write of writes.slice(writes.length - inspection.manifests.length)) place(write);
  } catch (error) {
    return failed(error);
  }
  for (const { path, text } of writes) {
    quietly(() => {
      const entry = files.look(path);
      if (entry !== null) memory.wrote(path, entry, text);
    });
  }
  const isTidy = tidy();
  for (const { path } of removals) removeEmptyFolder(dirname(path));
  if (isTidy) journal.end();
  return [];

  function makeFolder(path: string): void {
    const topmost = files.createFolder(path);
    if (topmost === null) return;
    undo.push({
      path,
      action: () => {
        for (let at = path; at.length >= topmost.length; at = dirname(at)) files.removeFolder(at);
      },
    });
  }

  function createStub({ path, text }: Step & { kind: "stub" }): void {
    const fresh = temporary(path, "new");
    try {
      addName(fresh, path);
    } catch (fault) {
      // Somebody was faster: then it is theirs.
      if (!(fault instanceof FileFault && fault.code === "EEXIST")) throw fault;
      files.remove(fresh);
      return;
    }
    undo.push({
      path,
      action: () => {
        // Only as we made it: a stub that has been written into meanwhile stays.
        if (Buffer.from(files.read(path)).toString() === text) files.remove(path);
      },
    });
    files.remove(fresh);
  }

  function place(write: (typeof writes)[number]): void {
    const { path } = write;
    const fresh = temporary(path, "new");
    if (write.kind === "create") {
      addName(fresh, path);
      undo.push({ path, action: () => files.remove(path) });
      files.remove(fresh);
      return;
    }
    const old = write.keepAs ?? temporary(path, "old");
    if (write.entry !== null) expectUnchanged(path, write.entry);
    if (write.keepAs === null) clear(old);
    addName(path, old);
    if (write.keepAs === null) rubbish.push(old);
    files.rename(fresh, path);
    memory.forget(path);
    undo.push({ path, action: () => files.rename(old, path) });
  }

  function takeAway({ path, entry }: Step & { kind: "delete" }): void {
    const old = temporary(path, "old");
    expectUnchanged(path, entry);
    files.rename(path, old);
    rubbish.push(old);
    memory.forget(path);
    undo.push({ path, action: () => files.rename(old, path) });
  }

  /** Gives a file a second name. Where the file system has no hard links, the second one is a copy. */
  function addName(path: string, name: string): void {
    try {
      files.link(path, name);
    } catch (fault) {
      const cannot = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"];
      if (!(fault instanceof FileFault) || !cannot.includes(fault.code)) throw fault;
      files.create(name, files.read(path));
    }
  }

  function expectUnchanged(path: string, before: Entry): void {
    const now = files.look(path);
    if (now === null || !isSame(now, before)) throw new ChangedMeanwhile(path);
  }

  /** A name beside the file, on the same disk, that no compiler, formatter or dev server picks up. */
  function temporary(path: string, purpose: "new" | "old"): string {
    return temporaryName(path, purpose, pid);
  }

  function clear(path: string): void {
    if (files.look(path) !== null) files.remove(path);
  }

  /** Answers whether nothing of ours is left: what somebody else holds open, the next run removes by the journal. */
  function tidy(): boolean {
    const left = rubbish.filter((path) => !quietly(() => clear(path)));
    return left.length === 0;
  }

  function removeEmptyFolder(path: string): void {
    quietly(() => files.removeFolder(path));
  }

  /** For what is only tidiness: if it fails, the output is right all the same. Answers whether it was done. */
  function quietly(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      return false;
    }
  }

  function failed(error: unknown): readonly Diagnostic[] {
    const diagnostics = [toDiagnostic(error)];
    for (const { path, action } of undo.reverse()) {
      try {
        action();
      } catch (fault) {
        if (!(fault instanceof FileFault)) throw fault;
        // A folder that others put something into meanwhile is no loss.
        if (fault.code === "ENOTEMPTY") continue;
        diagnostics.push(report("MZ6012", null, { path: show(path), reason: toReason(fault) }));
      }
      memory.forget(path);
    }
    if (tidy() && diagnostics.length === 1) journal.end();
    return diagnostics;
  }

  function toDiagnostic(error: unknown): Diagnostic {
    if (error instanceof ChangedMeanwhile) {
      return report("MZ6015", null, { path: show(error.path) }, { help: "run it again" });
    }
    if (!(error instanceof FileFault)) throw error;
    return report(
      "MZ6005",
      null,
      { path: show(finalName(error.path)), reason: toReason(error) },
      { help: "nothing has been changed; run it again when there is room and permission" },
    );
  }
}

/** `.functions.ts.mizan-4711.new` beside `functions.ts`. */
export function temporaryName(path: string, purpose: "new" | "old", pid: number): string {
  return join(dirname(path), `.${basename(path)}.mizan-${pid}.${purpose}`);
}

/** The file that a temporary one is for; any other is itself. */
function finalName(path: string): string {
  const [, name] = /^\.(.+)\.mizan-\d+\.(?:new|old)$/.exec(basename(path)) ?? [];
  return name === undefined ? path : join(dirname(path), name);
}
