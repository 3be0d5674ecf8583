/** Finds the name that was probably meant. */

/**
 * The candidate that differs in case and separators only, or else the one that the fewest edits lead to, if
 * they are at most a third of the name's length. Null when none is that near.
 */
export function nearest(name: string, candidates: readonly string[]): string | null {
  const folded = fold(name);
  const same = candidates.find((candidate) => fold(candidate) === folded);
  if (same !== undefined) return same;
  let best: string | null = null;
  let bound = Math.floor(Math.min(name.length, LONGEST) / 3) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bound) continue;
    const distance = editDistance(name, candidate);
    if (distance >= bound) continue;
    best = candidate;
    bound = distance;
  }
  return best;
}

/** Nobody misspells a longer name by more than a third of this. */
const LONGEST = 40;

const fold = (name: string): string => name.toLowerCase().replace(/[_.-]/g, "");

/** How many letters must be inserted, removed or replaced (Levenshtein). */
function editDistance(from: string, to: string): number {
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = cost(last, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const shorter = Math.min(cost(last, column), cost(current, column - 1)) + 1;
      current.push(Math.min(replaced, shorter));
    }
    last = current;
  }
  return cost(last, to.length);
}

const cost = (row: readonly number[], column: number): number => row[column] ?? Infinity;
