/**
 * What canonicalizing keeps from one run to the next, and the rule for handing out the nodes of the run before.
 *
 * Nodes of the contract are the same objects as long as their file is. What is made of one is taken from here
 * only if everything else that went into it is what it was: of a list of fields, the shapes that its types
 * stand for; of a function, its input, output, errors, guard and effects, which are cheap to work out anew; of
 * a context, its parts and functions. What was reported is never kept, so that it is reported again. At the
 * end every node that came out equal is replaced by that of the run before, whatever was edited around it.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Draft } from "./resolve-functions.js";

export type CanonicalMemory = {
  readonly fields: WeakMap<readonly contract.Field[], ResolvedFields>;
  readonly functions: WeakMap<contract.Fn, Draft>;
  /** By name: a context has no node of its own. */
  contexts: ReadonlyMap<string, ResolvedContext>;
  last: canonical.Canonical | null;
};

/** A context of which nothing was reported, and all that it was made of. */
export type ResolvedContext = {
  readonly context: canonical.Context;
  readonly name: contract.Name;
  readonly parts: readonly contract.Context[];
  readonly functions: readonly Draft[];
};

export type ResolvedFields = {
  readonly fields: readonly canonical.Field[];
  /** The types that the fields name, and what those stood for. */
  readonly named: ReadonlyMap<string, canonical.Shape>;
};

export function createCanonicalMemory(): CanonicalMemory {
  return {
    fields: new WeakMap(),
    functions: new WeakMap(),
    contexts: new Map(),
    last: null,
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

function keep<T extends { readonly name: string }>(
  fresh: readonly T[],
  last: readonly T[],
): readonly T[] {
  const known = new Map(last.map((node) => [node.name, node]));
  const kept = fresh.map((node) => {
    const before = known.get(node.name);
    return before !== undefined && isEqual(node, before) ? before : node;
  });
  return isSameList(kept, last) ? last : kept;
}

/** Whether two lists hold the same objects. */
export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

/** Whether two values of a tree are equal: plain objects, lists and primitives. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) {
      if (!isEqual(a[index], b[index])) return false;
    }
    return true;
  }
  if (!isObject(a) || !isObject(b) || Array.isArray(b)) return false;
  let keys = 0;
  for (const key in a) {
    keys++;
    if (!isEqual(a[key], b[key]) || !(key in b)) return false;
  }
  for (const _ in b) keys--;
  return keys === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
