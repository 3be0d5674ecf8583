/**
 * What canonicalizing keeps from one run to the next, and the rule for handing out the nodes of the run before.
 *
 * Fields are most of a contract. A list of them, which is the same object as long as its file is, resolves to
 * what it did before if every type that it names still stands for the same shape; only then is it taken from
 * here. Everything else is worked out anew in each run, and a node that came out equal is replaced by the one
 * of the run before. So nothing that is handed out depends on what this memory holds.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";

export type CanonicalMemory = {
  readonly fields: WeakMap<readonly contract.Field[], ResolvedFields>;
  last: canonical.Canonical | null;
};

export type ResolvedFields = {
  readonly fields: readonly canonical.Field[];
  /** The types that the fields name, and what those stood for. */
  readonly named: ReadonlyMap<string, canonical.Shape>;
};

export function createCanonicalMemory(): CanonicalMemory {
  return { fields: new WeakMap(), last: null };
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
  const same = kept.length === last.length && kept.every((node, index) => node === last[index]);
  return same ? last : kept;
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
