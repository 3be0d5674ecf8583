/**
 * The server of the model: cells with a linear history each. A cell is one value, or one element of one
 * list; every write gives it its next version, and for an element, being absent is a version too. So of
 * everything a client shows it can be said which moments of the server it may come from.
 */

/** `profile:1`, `orders:1:all:7`. */
export type CellName = string;

/** By version: whether the cell was present then. */
type History = boolean[];

/** What was written, with its new versions. */
export type Written = readonly (readonly [CellName, number])[];

export interface ListElement {
  readonly id: number;
  readonly v: number;
}

export interface Server {
  /** The cell as it is now: its version, or null while it is absent. */
  readonly read: (cell: CellName) => number | null;
  /** Writes the cell; the answer is its new version. */
  readonly write: (cell: CellName, present?: boolean) => number;
  readonly history: (cell: CellName) => Readonly<History>;
  readonly list: (prefix: string) => ListElement[];
}

export const ELEMENTS = [1, 2, 3];

export function createServer(): Server {
  const cells = new Map<CellName, History>();
  const historyOf = (name: CellName): History => {
    // Elements start absent, values present.
    const found = cells.get(name) ?? [name.split(":").length < 4];
    cells.set(name, found);
    return found;
  };
  const read = (name: CellName): number | null => {
    const history = historyOf(name);
    return history.at(-1) ? history.length - 1 : null;
  };
  return {
    history: historyOf,
    read,
    write: (name, present = true) => historyOf(name).push(present) - 1,
    list: (prefix) =>
      ELEMENTS.flatMap((id) => {
        const v = read(`${prefix}:${id}`);
        return v === null ? [] : [{ id, v }];
      }),
  };
}
