/**
 * Finds the name that was probably meant, for the help of "there is no …" diagnostics.
 *
 * The rule, first match wins:
 *  1. a candidate equal but for case (`profile` for `Profile`);
 *  2. a candidate equal but for case and separators (`userProfile` for `user_profile`);
 *  3. the candidate with the smallest edit distance, if that is within a third of the name's length and
 *     at least one edit is allowed.
 *
 * Ties go to the first candidate by UTF-16 order, so the answer does not depend on the order of files.
 */

/** Above this length the distance is not computed: its cost is quadratic, and nobody mistypes such names. */
const longestName = 80;

/** The help for an unknown name: "did you mean `user_profile`?", or null when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | null {
  const found = nearest(name, candidates);
  return found === null ? null : `did you mean \`${found}\`?`;
}

/** The candidate that `name` was probably meant to be, or null. `name` itself never comes back. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const others = [...new Set(candidates)].filter((candidate) => candidate !== name).sort();
  const lower = name.toLowerCase();
  const sameLetters = others.find((candidate) => candidate.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;

  const folded = fold(name);
  const sameWords = folded === "" ? undefined : others.find((other) => fold(other) === folded);
  if (sameWords !== undefined) return sameWords;

  const from = [...name];
  if (from.length > longestName) return null;
  let best: string | null = null;
  // One more than the distance still welcome, so that the first candidate to reach it wins a tie.
  let bound = Math.max(1, Math.floor(from.length / 3)) + 1;
  for (const candidate of others) {
    const to = [...candidate];
    if (Math.abs(to.length - from.length) >= bound) continue;
    const distance = editDistance(from, to);
    // A name of one or two letters is one edit away from every other: that is no likeness.
    if (distance >= bound || distance >= from.length) continue;
    best = candidate;
    bound = distance;
  }
  return best;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_.-]/g, "");
}

/**
 * How many code points must be inserted, removed, replaced or swapped with their neighbour to turn one
 * text into the other (the "optimal string alignment" distance).
 */
function editDistance(from: readonly string[], to: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped && row > 1 && column > 1) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
