/** What one client of the model was told, by answers and by others: at rest it has to show no less. */
import type { CellName, Written } from "./server.js";

export interface Ledger {
  /** It is told that these cells have changed, or may have: so it shows these versions in the end, or later ones. */
  readonly owe: (written: Written) => void;
  readonly owed: (cell: CellName) => number;
  /** What calls wrote whose success it has heard of, by their `id`. */
  readonly answered: Map<unknown, Written>;
}

export function createLedger(): Ledger {
  const owed = new Map<CellName, number>();
  return {
    owe: (written) => {
      for (const [cell, version] of written) {
        owed.set(cell, Math.max(owed.get(cell) ?? 0, version));
      }
    },
    owed: (cell) => owed.get(cell) ?? 0,
    answered: new Map(),
  };
}
