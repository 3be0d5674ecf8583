/** What all visitors of one run share. */
import type { History } from "../record/history.js";
import type { Faults } from "./faults.js";
import type { Fleet } from "./fleet.js";
import type { Promises } from "./promises.js";

export type World = {
  readonly history: History;
  readonly promises: Promises;
  readonly fleet: Fleet;
  readonly faults: Faults;
  readonly counts: Counts;
  /** The texts that calls wanted to write which a process refused. */
  readonly refused: Set<string>;
};

/** What happened, for the summary, and so that a run in which nothing happens is no success. */
export type Counts = {
  reads: number;
  hits: number;
  calls: number;
  merges: number;
  /** Requests that went down with a process. */
  lost: number;
  /** Those that a process refused which was ending. */
  refused: number;
  /** Milliseconds that the slowest read took. */
  longestMs: number;
};

export const noCounts = (): Counts => ({
  reads: 0,
  hits: 0,
  calls: 0,
  merges: 0,
  lost: 0,
  refused: 0,
  longestMs: 0,
});
