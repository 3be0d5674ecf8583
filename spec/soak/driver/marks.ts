/**
 * How far something had come, row by row and at any moment: which version of each row somebody had seen, say,
 * when a read began. Moments are numbers of one clock that only counts.
 */

export type Moment = number;

let clock: Moment = 0;

/** Later than every moment before. */
export const now = (): Moment => (clock += 1);

type Mark = { readonly at: Moment; readonly version: number };

export class Marks {
  readonly #groups = new Map<string, Map<number, Mark[]>>();

  /** The version becomes this one from now on, if it was lower. */
  raise(group: string, id: number, version: number): void {
    let rows = this.#groups.get(group);
    if (rows === undefined) this.#groups.set(group, (rows = new Map()));
    let marks = rows.get(id);
    if (marks === undefined) rows.set(id, (marks = []));
    if (version > (marks.at(-1)?.version ?? 0)) marks.push({ at: now(), version });
  }

  /** 0 where there was none yet. */
  at(group: string, id: number, moment: Moment = Infinity): number {
    const marks = this.#groups.get(group)?.get(id) ?? [];
    return marks.findLast(({ at }) => at <= moment)?.version ?? 0;
  }

  ids(group: string): Iterable<number> {
    return this.#groups.get(group)?.keys() ?? [];
  }

  groups(): Iterable<string> {
    return this.#groups.keys();
  }
}
