/**
 * Keeps nodes of the contract the same objects from plan to plan, so that identity tells what changed. A
 * node that is equal to its predecessor but for places in the source counts as the same: places move with
 * every keystroke above them, and no text but a diagnostic's depends on them.
 */
import type { Canonical } from "../../ir/model/canonical.js";
import { areSame } from "./latest.js";

/**
 * Answers the contract with the nodes of the one before where nothing but places changed, and with its lists
 * where no node of a list did.
 */
export type Settler = (canonical: Canonical) => Canonical;

export function createSettler(): Settler {
  const types = createKeeper<Canonical["types"][number]>();
  const enums = createKeeper<Canonical["enums"][number]>();
  const errors = createKeeper<Canonical["errors"][number]>();
  const functions = createKeeper<Canonical["functions"][number]>();
  const contexts = createKeeper<Canonical["contexts"][number]>();
  const views = createKeeper<Canonical["views"][number]>();
  return (canonical) => ({
    ...canonical,
    types: types(canonical.types),
    enums: enums(canonical.enums),
    errors: errors(canonical.errors),
    functions: functions(canonical.functions),
    contexts: contexts(canonical.contexts),
    views: views(canonical.views),
  });
}

/** Settles the nodes of one kind, which differ in their names. */
function createKeeper<Node extends { readonly name: string }>() {
  type Kept = { readonly given: Node; readonly settled: Node };
  let before: ReadonlyMap<string, Kept> = new Map();
  let given: readonly Node[] = [];
  let list: readonly Node[] = [];
  return (nodes: readonly Node[]): readonly Node[] => {
    if (nodes === given) return list;
    given = nodes;
    const now = new Map<string, Kept>();
    for (const node of nodes) {
      const kept = before.get(node.name);
      if (kept?.given === node) now.set(node.name, kept);
      else {
        const isSame = kept !== undefined && isEqualButForPlaces(kept.settled, node);
        now.set(node.name, { given: node, settled: isSame ? kept.settled : node });
      }
    }
    before = now;
    const settled = nodes.map((node) => now.get(node.name)?.settled ?? node);
    if (!areSame(list, settled)) list = settled;
    return list;
  };
}

/** All properties of `ir/model/canonical.ts` that say where something was written. */
const places: ReadonlySet<string> = new Set(["place", "span", "typeSpan", "outputSpan"]);

/** Compares trees of plain objects, lists and primitives. */
export function isEqualButForPlaces(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isEqualButForPlaces(item, b[index]))
    );
  }
  const keys = Object.keys(a);
  const otherKeys = Object.keys(b);
  if (keys.length !== otherKeys.length) return false;
  const values: readonly unknown[] = Object.values(a);
  const otherValues: readonly unknown[] = Object.values(b);
  // Nodes of one kind have their properties in one order; were it not so, they would only count as changed.
  return keys.every(
    (key, index) =>
      key === otherKeys[index] &&
      (places.has(key) || isEqualButForPlaces(values[index], otherValues[index])),
  );
}
