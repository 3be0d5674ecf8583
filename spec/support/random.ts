/** Seeded chance: the same seed gives the same choices on every machine. */
export type Chance = {
  /** A whole number from 0 up to, and without, `below`. */
  int(below: number): number;
  /** True in about one of `outOf` cases. */
  one(outOf: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Some of the items, in their order. */
  some<T>(items: readonly T[], most: number): readonly T[];
  shuffle<T>(items: readonly T[]): readonly T[];
};

/** Numbers from 0 up to, and without, 1: "mulberry32", small, fast, and good enough to choose test data by. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function createChance(seed: number): Chance {
  const next = createRandom(seed);
  const int = (below: number): number => Math.floor(next() * below);
  const shuffle = <T>(items: readonly T[]): readonly T[] => {
    const result = [...items];
    for (let index = result.length - 1; index > 0; index--) {
      result.splice(index, 0, ...result.splice(int(index + 1), 1));
    }
    return result;
  };
  return {
    int,
    one: (outOf) => int(outOf) === 0,
    pick: (items) => {
      const item = items[int(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    some: (items, most) => {
      const wanted = int(Math.min(most, items.length) + 1);
      const chosen = new Set(shuffle(items.map((_, index) => index)).slice(0, wanted));
      return items.filter((_, index) => chosen.has(index));
    },
    shuffle,
  };
}
