/** The order of names, which changes less often than what they name. */
import { sortByText } from "../source/code-points.js";

/** The values of a map by the order of their names. */
export type Order = <T>(values: ReadonlyMap<string, T>) => readonly T[];

/** An order that sorts anew only when a name has come or gone. */
export function createOrder(): Order {
  let names: readonly string[] = [];
  return <T>(values: ReadonlyMap<string, T>): readonly T[] => {
    if (names.length !== values.size || !names.every((name) => values.has(name))) {
      names = sortByText(values.keys(), (name) => name);
    }
    const ordered: T[] = [];
    for (const name of names) {
      const value = values.get(name);
      if (value !== undefined) ordered.push(value);
    }
    return ordered;
  };
}
