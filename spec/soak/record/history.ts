/**
 * What is true: rows in groups, each with the number of its writes, and when each write was. Nothing is ever
 * forgotten, so of anything that was shown it can be said how old it is.
 */

export type Row = {
  readonly id: number;
  /** Counts the writes of this row, its removal among them. */
  readonly version: number;
  readonly text: string;
};

type Written = Row & { readonly isRemoved: boolean; readonly at: number };

/** What processes may ask for over the socket. Each happens at once, as a whole. */
export interface Store {
  find(group: string, id: number): Row | null;
  /** By id. */
  list(group: string): readonly Row[];
  create(group: string, text: string): Row;
  /** Null where there is none. */
  write(group: string, id: number, text: string): Row | null;
  /** Answers the row as of its removal. */
  remove(group: string, id: number): Row | null;
  /** Two rows change texts. */
  swap(group: string, one: number, other: number): readonly Row[];
}

export class History implements Store {
  readonly #groups = new Map<string, Map<number, Written[]>>();
  readonly #texts = new Set<string>();
  #lastId = 0;
  #writes = 0;

  /** How many writes there were. */
  get size(): number {
    return this.#writes;
  }

  wasWritten(text: string): boolean {
    return this.#texts.has(text);
  }

  find(group: string, id: number): Row | null {
    const last = this.#of(group, id).at(-1);
    return last === undefined || last.isRemoved ? null : toRow(last);
  }

  list(group: string): Row[] {
    return Array.from(this.#groups.get(group)?.keys() ?? []).flatMap(
      (id) => this.find(group, id) ?? [],
    );
  }

  create(group: string, text: string): Row {
    this.#lastId += 1;
    return this.put(group, this.#lastId, text);
  }

  write(group: string, id: number, text: string): Row | null {
    return this.find(group, id) && this.#append(group, id, text, false);
  }

  remove(group: string, id: number): Row | null {
    const row = this.find(group, id);
    return row && this.#append(group, id, row.text, true);
  }

  swap(group: string, one: number, other: number): Row[] {
    const [first, second] = [this.find(group, one), this.find(group, other)];
    if (first === null || second === null) return [];
    return [
      this.#append(group, one, second.text, false),
      this.#append(group, other, first.text, false),
    ];
  }

  /** Makes a row with a number of one's own. */
  put(group: string, id: number, text: string): Row {
    return this.#append(group, id, text, false);
  }

  groups(): Iterable<string> {
    return this.#groups.keys();
  }

  ids(group: string): Iterable<number> {
    return this.#groups.get(group)?.keys() ?? [];
  }

  /** Of the last write, or removal; 0 before the first. */
  versionOf(group: string, id: number): number {
    return this.#of(group, id).at(-1)?.version ?? 0;
  }

  /** What it means not to be there: the version of the removal, or 0 where there was none. */
  versionOfAbsence(group: string, id: number): number {
    const last = this.#of(group, id).at(-1);
    return last?.isRemoved === true ? last.version : 0;
  }

  /** When this version was no longer the last, by `performance.now()`. */
  supersededAt(group: string, id: number, version: number): number {
    return this.#of(group, id)[version]?.at ?? Infinity;
  }

  #of(group: string, id: number): readonly Written[] {
    return this.#groups.get(group)?.get(id) ?? [];
  }

  #append(group: string, id: number, text: string, isRemoved: boolean): Row {
    let rows = this.#groups.get(group);
    if (rows === undefined) this.#groups.set(group, (rows = new Map()));
    const before = rows.get(id) ?? [];
    rows.set(id, before);
    const row = { id, version: before.length + 1, text, isRemoved, at: performance.now() };
    before.push(row);
    this.#writes += 1;
    this.#texts.add(text);
    return toRow(row);
  }
}

const toRow = ({ id, version, text }: Written): Row => ({ id, version, text });
