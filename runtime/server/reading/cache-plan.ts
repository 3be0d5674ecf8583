/** What the cache has to know of a context: how its reads are told apart and which scopes effects can name. */
import { ContextPlan, type Entry, type ParamKind } from "../../cache/index.js";
import { isObject, own } from "../../wire/json.js";
import { compareCodePoints, toWord } from "../../wire/words.js";
import type { ContextDefinition, FunctionDefinition, Shape } from "../definition.js";

/** A context whose answers are kept. */
export interface CachePlan {
  readonly plan: ContextPlan;
  /** `inputs` are the checked ones of the context's functions, in their order. */
  entry(inputs: readonly unknown[], user: string | number | null): Entry;
}

/** Null for a context that declares no cache. `hash` is the contract's. */
export function createCachePlan(
  { name, cache }: ContextDefinition,
  functions: readonly FunctionDefinition[],
  hash: string,
): CachePlan | null {
  if (cache === undefined) return null;
  const kinds = new Map<string, ParamKind>();
  /** Which functions take each param. */
  const takers = new Map<string, number[]>();
  for (const [index, { input }] of functions.entries()) {
    for (const { name: param, shape } of input) {
      const kind = kindOf(shape);
      const known = kinds.get(param) ?? kind;
      kinds.set(param, known === kind ? kind : "mixed");
      takers.set(param, [...(takers.get(param) ?? []), index]);
    }
  }
  const sorted = [...takers].sort(([a], [b]) => compareCodePoints(a, b));
  const plan = new ContextPlan({
    context: name,
    ttl: cache.ttl,
    contract: hash,
    rev: Math.max(0, ...functions.map(({ rev = 0 }) => rev)),
    params: kinds,
    scopes: cache.scopes ?? [],
  });
  return {
    plan,
    entry(inputs, user) {
      const values = new Map<string, readonly unknown[]>();
      for (const [param, indexes] of sorted) {
        const all = indexes.map((index) => own(inputs[index], param) ?? null);
        values.set(param, all.length === 1 ? all : distinct(all));
      }
      return plan.entry(values, cache.public ? null : user);
    },
  };
}

/** Functions of a context may fill in different defaults, but mostly all have the same value. */
function distinct(values: readonly unknown[]): readonly unknown[] {
  const [first] = values;
  const areEqual = values.every(
    (value) =>
      value === first || (isObject(value) && isObject(first) && toWord(value) === toWord(first)),
  );
  // One for each function that takes it: which of them has which is part of what is asked.
  return areEqual ? [first] : values;
}

function kindOf(shape: Shape): ParamKind {
  switch (shape.kind) {
    case "integer":
    case "number":
    case "boolean":
    case "uuid":
      return shape.kind;
    case "optional":
      return kindOf(shape.inner);
    case "list":
    case "map":
    case "ref":
      return "structure";
    case "json":
    case "union":
    case "file":
      return "mixed";
    default:
      return "string";
  }
}
