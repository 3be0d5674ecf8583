/**
 * One run at a time: a file `lock` in the cache folder that names the process which holds it. Creating it is
 * the test, so two processes cannot both succeed. A second run waits, says for whom, and gives up in the end.
 *
 * A lock whose process is gone is taken over. Two runs may want that at once, so the right to do it is itself
 * a file, `lock.takeover`; whoever creates it looks again before removing anything.
 */
import { join } from "node:path";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import { FileFault, toReason, type Host } from "../host.js";

export type Lock = { release(): void };

export type LockAnswer =
  | { readonly kind: "held"; readonly lock: Lock }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic }
  /** There is no place for a lock; the run goes on without. */
  | { readonly kind: "unavailable"; readonly diagnostic: Diagnostic };

/** Milliseconds. */
const patience = 60_000;
const saidAfter = 300;
const pause = 20;
/** A lock of another machine on a shared disk, or one that nobody could fill in, counts as left behind then. */
const staleAfter = 45_000;

export async function acquireLock(
  host: Host,
  folder: string,
  show: (path: string) => string,
): Promise<LockAnswer> {
  const { files, clock, machine, terminal } = host;
  const path = join(folder, "lock");
  const own = `${machine.pid} ${machine.hostname}\n`;
  const start = clock.elapsed();
  let said = false;
  for (;;) {
    try {
      files.createFolder(folder);
      if (tryCreate(path)) return { kind: "held", lock: { release } };
      if (isStale(path)) takeOver();
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      const diagnostic = report("MZ6013", null, { path: show(folder), reason: toReason(fault) });
      return { kind: "unavailable", diagnostic };
    }
    const waited = clock.elapsed() - start;
    if (waited > patience) {
      return {
        kind: "refused",
        diagnostic: report(
          "MZ6009",
          null,
          { holder: toHolder(), seconds: Math.round(waited / 1000) },
          { help: `if none is running, delete ${show(path)}` },
        ),
      };
    }
    if (waited > saidAfter && !said) {
      said = true;
      terminal.err(`waiting for another run of mizan (${toHolder()}) to finish …\n`);
    }
    await clock.sleep(pause);
  }

  function tryCreate(file: string): boolean {
    try {
      files.create(file, own);
      return true;
    } catch (fault) {
      if (fault instanceof FileFault && fault.code === "EEXIST") return false;
      throw fault;
    }
  }

  function isStale(file: string): boolean {
    const entry = files.look(file);
    if (entry === null) return false;
    const [, pid, hostname] = /^(\d+) (.*)\n$/.exec(readText(file) ?? "") ?? [];
    if (pid === undefined || hostname !== machine.hostname) {
      return clock.now() - entry.modified > staleAfter;
    }
    return Number(pid) === machine.pid || !machine.isRunning(Number(pid));
  }

  function takeOver(): void {
    const right = `${path}.takeover`;
    if (!tryCreate(right)) {
      // Held for a moment only; if its owner died in that moment, it is in the way for good.
      const entry = files.look(right);
      if (entry !== null && clock.now() - entry.modified > staleAfter) removeIfThere(right);
      return;
    }
    if (isStale(path)) removeIfThere(path);
    removeIfThere(right);
  }

  function removeIfThere(file: string): void {
    try {
      files.remove(file);
    } catch (fault) {
      if (!(fault instanceof FileFault && fault.code === "ENOENT")) throw fault;
    }
  }

  function readText(file: string): string | null {
    try {
      return Buffer.from(files.read(file)).toString();
    } catch (fault) {
      if (fault instanceof FileFault && fault.code === "ENOENT") return null;
      throw fault;
    }
  }

  function toHolder(): string {
    const [, pid, hostname] = /^(\d+) (.*)\n$/.exec(readText(path) ?? "") ?? [];
    if (pid === undefined) return "unknown process";
    return hostname === machine.hostname ? `process ${pid}` : `process ${pid} on ${hostname}`;
  }

  function release(): void {
    try {
      if (readText(path) === own) files.remove(path);
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
    }
  }
}
