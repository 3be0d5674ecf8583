/**
 * What the server has promised so far: once a call was answered, its purge had returned, so no read that begins
 * then answers what was before it.
 *
 * Two exceptions are documented, and both are told apart exactly, not by waiting. A process that lost Redis
 * answers all the same, and says so in a header of this application: what it wrote is promised when it says that
 * it has Redis back, as it has then abandoned everything stored before. Whoever was killed before it answered
 * has promised nothing; such a write may go unseen in the cache until another call purges the same scope.
 */
import type { History } from "../record/history.js";
import type { ServerProcess } from "./fleet.js";
import { Marks } from "./marks.js";
import { reachedBy, type Params, type Shown } from "./rows.js";
import { groups } from "../server/store-names.js";

type Version = readonly [group: string, id: number, version: number];

export class Promises {
  readonly floors = new Marks();
  readonly #history: History;
  readonly #pending = new Map<ServerProcess, Version[]>();

  constructor(history: History) {
    this.#history = history;
  }

  /** What is there when a call begins, of all that its purge will reach. */
  before(fn: string, args: Params, user: string): readonly Version[] {
    const reached = reachedBy(fn, args, user) ?? Array.from(this.#history.groups());
    return reached.flatMap((each): Version[] => {
      if (typeof each !== "string") return [this.#versionOf(each.group, each.id)];
      if (each === groups.beats) return [];
      return Array.from(this.#history.ids(each), (id) => this.#versionOf(each, id));
    });
  }

  /** A call was answered by this process. `isGood`: and its purge had reached Redis. */
  acknowledge(
    process: ServerProcess,
    before: readonly Version[],
    written: readonly Shown[],
    isGood: boolean,
  ): void {
    const versions = [
      ...before,
      ...written.flatMap(({ group, versions: rows }) =>
        Array.from(rows, ([id, version]): Version => [group, id, version]),
      ),
    ];
    if (isGood) this.#promise(versions);
    else this.#pending.set(process, [...(this.#pending.get(process) ?? []), ...versions]);
  }

  /** Asks those that had lost Redis whether they have it back. */
  async settle(): Promise<void> {
    for (const [process, versions] of this.#pending) {
      this.#pending.delete(process);
      const report = await process.report(false);
      if (report?.isAvailable === true) this.#promise(versions);
      else if (report !== null) {
        this.#pending.set(process, [...versions, ...(this.#pending.get(process) ?? [])]);
      }
    }
  }

  /** Whether nobody was promised to see the last write of this row. */
  isUnpromised(group: string, id: number): boolean {
    return this.floors.at(group, id) < this.#history.versionOf(group, id);
  }

  #versionOf(group: string, id: number): Version {
    return [group, id, this.#history.versionOf(group, id)];
  }

  #promise(versions: readonly Version[]): void {
    for (const version of versions) this.floors.raise(...version);
  }
}

/** Until told to stop. */
export function settling(promises: Promises, everyMs: number): () => Promise<void> {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => promises.settle());
  }, everyMs);
  return () => {
    clearInterval(timer);
    return running;
  };
}
