/**
 * Sees all that one visitor is answered and shown, and says what must not be.
 *
 * An answer must not be older than what was promised when it was asked for. What is shown must not go back,
 * unless the server itself went back in a way that it may: in answers, one asked for after the other had come,
 * to something that was not promised yet. Rows are told apart by name, so each counts for itself.
 */
import type { History } from "../record/history.js";
import { groups } from "../server/store-names.js";
import type { Faults } from "./faults.js";
import { Marks, type Moment } from "./marks.js";
import type { Promises } from "./promises.js";
import type { Shown } from "./rows.js";

/** A read of which an answer came, or a part. */
export type Read = {
  readonly began: Moment;
  /** By `performance.now()`. */
  readonly beganAt: number;
  readonly user: string;
  /** Who answered, and whether from the cache, in words. */
  readonly from: string;
};

export class Witness {
  /** Answers that went back, in a way that they may. */
  wentBack = 0;
  /** Milliseconds that a beat was no longer true when it was asked for. */
  oldestBeat = 0;
  readonly #history: History;
  readonly #promises: Promises;
  readonly #faults: Faults;
  /** What came in answers. */
  #received = new Marks();
  /** What the visitor's own calls did, since the last reset. */
  #own = new Marks();
  /** Versions that may be shown after newer ones. */
  readonly #excused = new Set<string>();
  /** By instance, the version that each row was last shown at. */
  readonly #shown = new Map<string, Map<string, number>>();

  constructor(history: History, promises: Promises, faults: Faults) {
    this.#history = history;
    this.#promises = promises;
    this.#faults = faults;
  }

  /** A slot came in the answer to a read. */
  received(shown: Shown, { began, beganAt, user, from }: Read): void {
    this.#checkOwners(shown, user);
    const { group } = shown;
    if (group === groups.beats) {
      for (const [id, version] of shown.versions) {
        const age = beganAt - this.#history.supersededAt(group, id, version);
        this.oldestBeat = Math.max(this.oldestBeat, age);
      }
      return;
    }
    const { floors } = this.#promises;
    for (const [id, version] of this.#versionsOf(shown, floors.ids(group))) {
      const floor = floors.at(group, id, began);
      if (version >= floor) continue;
      const seen = `version ${version} of ${group}/${id}`;
      this.#faults.add("stale read", `${seen} after ${floor} was promised, ${from}`);
    }
    const known = Array.from(this.#received.ids(group)).filter(
      (id) => this.#received.at(group, id) > 0,
    );
    for (const [id, version] of this.#versionsOf(shown, known)) {
      if (version < this.#received.at(group, id, began)) {
        this.wentBack += 1;
        this.#excused.add(`${group}/${id}@${version}`);
      }
      this.#received.raise(group, id, version);
    }
  }

  /** The visitor's own call was answered, and said that it wrote this. */
  wrote(written: readonly Shown[]): void {
    for (const { group, versions } of written) {
      for (const [id, version] of versions) {
        this.#own.raise(group, id, version);
        this.#received.raise(group, id, version);
      }
    }
  }

  /** What answers to calls before it do reaches nothing any more. */
  reset(): void {
    this.#own = new Marks();
  }

  /** An instance shows this in one of its slots. */
  showed(instance: string, shown: Shown, user: string): void {
    this.#checkOwners(shown, user);
    if (shown.group === groups.beats) return;
    let last = this.#shown.get(instance);
    if (last === undefined) this.#shown.set(instance, (last = new Map()));
    const prefix = `${shown.group}/`;
    const known = Array.from(last.keys()).flatMap((name) =>
      name.startsWith(prefix) ? Number(name.slice(prefix.length)) : [],
    );
    for (const [id, version] of this.#versionsOf(shown, known)) {
      const name = `${prefix}${id}`;
      const before = last.get(name) ?? 0;
      last.set(name, version);
      if (version >= before || this.#excused.has(`${name}@${version}`)) continue;
      this.#faults.add("backwards", `${instance}: ${name} went from ${before} to ${version}`);
    }
  }

  /** Nothing is under way, and an instance that is not stale shows this. */
  rested(instance: string, shown: Shown): void {
    if (shown.group === groups.beats) return;
    for (const [id, version] of this.#versionsOf(shown, this.#own.ids(shown.group))) {
      const own = this.#own.at(shown.group, id);
      const name = `${shown.group}/${id}`;
      if (version >= own || this.#excused.has(`${name}@${version}`)) continue;
      // A row that is one of many in its group need not be shown here.
      if (!shown.isComplete && !shown.versions.has(id)) continue;
      const text = `${instance} shows version ${version} of ${name} after its own call wrote ${own}`;
      this.#faults.add("at rest", text);
    }
  }

  /** What is shown of each row, and, where all are shown, what it means that one of `known` is not. */
  #versionsOf({ group, versions, isComplete }: Shown, known: Iterable<number>): [number, number][] {
    const absent = isComplete ? Array.from(known).filter((id) => !versions.has(id)) : [];
    return [
      ...versions,
      ...absent.map((id): [number, number] => [id, this.#history.versionOfAbsence(group, id)]),
    ];
  }

  #checkOwners({ group, owners }: Shown, user: string): void {
    for (const owner of owners) {
      if (owner !== user) this.#faults.add("isolation", `${user} got what is ${owner}'s: ${group}`);
    }
  }
}
