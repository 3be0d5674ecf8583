/**
 * The server of the model: cells with a linear history each. A cell is one value, or one element of one
 * list; every write gives it its next version, and for an element, being absent is a version too. So of
 * everything a client shows it can be said which moments of the server it may come from.
 */

/** `profile:1`, `orders:1:all:7`. */
export type CellName = string;

interface Cell {
  /** By version: whether the cell was present then. */
  readonly history: boolean[];
  /** The version that this client must show once all is quiet: its own last write, or one it was told of. */
  owed: number;
}

export interface ListElement {
  readonly id: number;
  readonly v: number;
}

export interface Server {
  /** The cell as it is now: its version, or null while it is absent. */
  readonly read: (cell: CellName) => number | null;
  /** Writes the cell; the answer is its new version. */
  readonly write: (cell: CellName, present?: boolean) => number;
  /** The client is told that the cell has changed; the answer takes effect for versions up to this one. */
  readonly owe: (cell: CellName, version: number) => void;
  readonly cell: (name: CellName) => Readonly<Cell>;
  readonly list: (prefix: string) => ListElement[];
}

export const ELEMENTS = [1, 2, 3];

export function createServer(): Server {
  const cells = new Map<CellName, Cell>();
  const cell = (name: CellName): Cell => {
    // Elements start absent, values present.
    const found = cells.get(name) ?? { history: [name.split(":").length < 4], owed: 0 };
    cells.set(name, found);
    return found;
  };
  const read = (name: CellName): number | null => {
    const { history } = cell(name);
    return history.at(-1) ? history.length - 1 : null;
  };
  return {
    cell,
    read,
    write: (name, present = true) => cell(name).history.push(present) - 1,
    owe: (name, version) => {
      cell(name).owed = Math.max(cell(name).owed, version);
    },
    list: (prefix) =>
      ELEMENTS.flatMap((id) => {
        const v = read(`${prefix}:${id}`);
        return v === null ? [] : [{ id, v }];
      }),
  };
}
