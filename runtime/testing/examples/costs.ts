/** How many structs deep the smallest value of a shape is: what to choose so that a recursive value ends. */
import type { Shape, StructDefinition } from "../../server/definition.js";

/** Infinity for what has no end; the compiler refuses such contracts. */
export function costsOf(structs: ReadonlyMap<string, StructDefinition>): (shape: Shape) => number {
  const costs = new Map<string, number>();

  function costOf(shape: Shape): number {
    switch (shape.kind) {
      case "ref":
        return costs.get(shape.type) ?? Infinity;
      case "list":
        return (shape.minItems ?? 0) > 0 ? costOf(shape.item) : 0;
      case "union":
        return Math.min(...shape.members.map(costOf));
      default:
        // Nulls and empty maps are always there to end with.
        return 0;
    }
  }

  // Each round knows structs of one level more.
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const { name, fields } of structs.values()) {
      const cost = 1 + Math.max(0, ...fields.map(({ shape }) => costOf(shape)));
      if (cost >= (costs.get(name) ?? Infinity)) continue;
      costs.set(name, cost);
      isNew = true;
    }
  }
  return costOf;
}
