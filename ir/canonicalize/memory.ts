/**
 * What canonicalizing keeps from one run to the next, and the rule for handing out the nodes of the run before.
 *
 * Nodes of the contract are the same objects as long as their file is, and what is made of one holds as long as
 * all that was read for it (`ir/ledger.ts`). At the end every node that came out equal is replaced by that of the
 * run before, whatever was edited around it.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { isEqual, isSameList } from "./equal.js";
import { createOrder, type Order } from "./order.js";
import { Names } from "../ledger.js";
import { createContextMemory, type ContextMemory } from "./resolve-contexts.js";
import { createEffectMemory, type EffectMemory, type Effects } from "./resolve-effects.js";
import { createErrorMemory, type ErrorMemory } from "./resolve-errors.js";
import { createFunctionMemory, type FunctionMemory, type Signature } from "./resolve-functions.js";
import type { FieldMemory } from "./resolve-types.js";
import type { TypeSymbol } from "./symbols.js";

export type CanonicalMemory = {
  /** How many runs there have been. */
  runs: number;
  readonly types: Names<TypeSymbol>;
  readonly fields: FieldMemory;
  /** What was made of a struct; by its name, for it may be printed under two. */
  readonly structs: WeakMap<contract.Name, canonical.Type>;
  readonly enums: WeakMap<contract.Enum, canonical.Enum>;
  readonly typeOrder: Order;
  readonly enumOrder: Order;
  readonly errors: ErrorMemory;
  readonly functions: FunctionMemory;
  readonly contexts: ContextMemory;
  readonly effects: EffectMemory;
  readonly assembled: WeakMap<Signature, Assembled>;
  last: canonical.Canonical;
};

/** A function, and the parts that it was put together from. */
export type Assembled = {
  readonly fn: canonical.Fn;
  readonly context: string | null;
  readonly auth: canonical.Auth | null;
  readonly effects: Effects;
};

export function createCanonicalMemory(): CanonicalMemory {
  return {
    runs: 0,
    types: new Names(),
    fields: new WeakMap(),
    structs: new WeakMap(),
    enums: new WeakMap(),
    typeOrder: createOrder(),
    enumOrder: createOrder(),
    errors: createErrorMemory(),
    functions: createFunctionMemory(),
    contexts: createContextMemory(),
    effects: createEffectMemory(),
    assembled: new WeakMap(),
    last: {
      types: [],
      enums: [],
      errors: [],
      functions: [],
      contexts: [],
      views: [],
      channels: [],
    },
  };
}

/** The same contract, with every node of the last run that is equal in all it holds. */
export function withKnownNodes(
  fresh: canonical.Canonical,
  last: canonical.Canonical,
): canonical.Canonical {
  return {
    types: keep(fresh.types, last.types),
    enums: keep(fresh.enums, last.enums),
    errors: keep(fresh.errors, last.errors),
    functions: keep(fresh.functions, last.functions),
    contexts: keep(fresh.contexts, last.contexts),
    views: keep(fresh.views, last.views),
    channels: keep(fresh.channels, last.channels),
  };
}

/** Both lists are in the order of names. */
function keep<T extends { readonly name: string }>(
  fresh: readonly T[],
  last: readonly T[],
): readonly T[] {
  // The same list, too, if there was nothing in it and still is not.
  if (last.length === 0) return fresh.length === 0 ? last : fresh;
  let known: ReadonlyMap<string, T> | null = null;
  const kept = fresh.map((node, index) => {
    const there = last[index];
    if (there === node) return node;
    // Mostly no name has come or gone, and a node stands where it stood.
    known ??= there?.name === node.name ? null : new Map(last.map((one) => [one.name, one]));
    const before = known === null ? there : known.get(node.name);
    return before !== undefined && isEqual(node, before) ? before : node;
  });
  return isSameList(kept, last) ? last : kept;
}
