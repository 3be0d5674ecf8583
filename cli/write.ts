/**
 * From planned files to the disk, without losing anything: look at everything, refuse before the first
 * write, then write all or nothing.
 *
 * What it does: creates, replaces and deletes generated files that are provably ours; creates handlers that
 * do not exist; keeps one manifest per folder. What it does not: read a handler, follow a link out of a
 * folder, or decide anything about texts.
 *
 * Words: a *generated* file is ours for ever, a *stub* only until it is created; an *orphan* is a handler
 * whose function is gone.
 */
export { carryOut } from "./write/carry-out.js";
export { createDiskMemory, type DiskMemory } from "./write/disk-memory.js";
export { inspect } from "./write/inspect.js";
export { createJournal, noJournal, recover, type Journal } from "./write/journal.js";
export { acquireLock, type Lock } from "./write/lock.js";
export type { Inspection, OutputFolder, Step } from "./write/steps.js";
