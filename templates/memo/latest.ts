/** Values that are kept for as long as the facts that they follow from stay the same. */

/** The last value. */
export type Latest<T> = (facts: readonly unknown[], make: () => T) => T;

export function createLatest<T>(): Latest<T> {
  let latest: { readonly facts: readonly unknown[]; readonly value: T } | null = null;
  return (facts, make) => {
    if (latest === null || !areSame(latest.facts, facts)) latest = { facts, value: make() };
    return latest.value;
  };
}

/** The last value about each node. It goes with the node. */
export type LatestOf<Node extends object, T> = (
  node: Node,
  facts: readonly unknown[],
  make: () => T,
) => T;

export function createLatestOf<Node extends object, T>(): LatestOf<Node, T> {
  const values = new WeakMap<Node, Latest<T>>();
  return (node, facts, make) => {
    const latest = values.get(node) ?? createLatest<T>();
    values.set(node, latest);
    return latest(facts, make);
  };
}

/** Whether two lists hold the same: objects by identity, texts by what they say. */
export function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
