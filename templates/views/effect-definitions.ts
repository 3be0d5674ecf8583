/** What functions and views declare beside their shapes: effects, errors and guards. */
import { assertNever } from "../../ir/assert-never.js";
import type {
  Affect,
  Canonical,
  EffectParam,
  Fn,
  Merge,
  Source,
  View,
} from "../../ir/model/canonical.js";
import {
  array,
  object,
  property,
  string,
  type Expression,
  type Property,
} from "../layout/expressions.js";

/** `affects` and `merges`, each where there are any. */
export function effectProperties(node: Fn | View, canonical: Canonical): readonly Property[] {
  const affects = affectExpressions(node, canonical);
  const merges = ("merges" in node ? node.merges : []).flatMap((merge) =>
    merge.slot === null ? [] : [mergeExpression(merge, merge.slot)],
  );
  return [
    ...(affects.length === 0 ? [] : [property("affects", array(affects))]),
    ...(merges.length === 0 ? [] : [property("merges", array(merges))]),
  ];
}

export function errorsProperty({ errors }: Fn | View): readonly Property[] {
  return errors.length === 0 ? [] : [property("errors", array(errors.map(string)))];
}

/** Declared effects in their order; a merge whose slot cannot be told acts as one. */
function affectExpressions(node: Fn | View, canonical: Canonical): readonly Expression[] {
  const merges = "merges" in node ? node.merges : [];
  return [
    ...node.affects.flatMap((affect) => affectExpression(affect, canonical)),
    ...merges
      .filter(({ slot }) => slot === null)
      .map((merge) => contextAffect(merge.context, merge.params)),
  ];
}

/** What effects take from the contract as a whole: all contexts, where one affects everything. */
export function contextsAffectedBy(node: Fn | View, canonical: Canonical): readonly string[] {
  const isWide = node.affects.some(({ kind }) => kind === "everything");
  return isWide ? canonical.contexts.map(({ name }) => name) : [];
}

function affectExpression(affect: Affect, canonical: Canonical): readonly Expression[] {
  switch (affect.kind) {
    case "context":
      return [contextAffect(affect.context, affect.params)];
    case "function":
      return [object([property("function", string(affect.function))])];
    case "everything":
      return canonical.contexts.map(({ name }) => contextAffect(name, []));
    default:
      return assertNever(affect);
  }
}

function contextAffect(context: string, params: readonly EffectParam[]): Expression {
  return object([property("context", string(context)), ...paramsProperty(params)]);
}

function mergeExpression(merge: Merge, slot: string): Expression {
  return object([
    property("context", string(merge.context)),
    property("slot", string(slot)),
    ...(merge.op === "replace" ? [] : [property("op", string(merge.op))]),
    ...(merge.by === null ? [] : [property("key", string(merge.by))]),
    ...(merge.value === null ? [] : [property("value", sourceExpression(merge.value))]),
    ...paramsProperty(merge.params),
  ]);
}

/** Pairs, not an object: any text may be the name of a param. */
function paramsProperty(params: readonly EffectParam[]): readonly Property[] {
  if (params.length === 0) return [];
  const pairs = params.map(({ param, source }) => array([string(param), sourceExpression(source)]));
  return [property("params", array(pairs))];
}

function sourceExpression({ from, path }: Source): Expression {
  return array([from, ...path].map(string));
}

/** The guard that a function or a view has; nothing without one. */
export function guardProperty({ auth }: Fn | View): readonly Property[] {
  if (auth === null || auth.kind === "none") return [];
  const guard =
    auth.kind === "predicate"
      ? property("predicate", string(auth.name))
      : property("role", string(auth.kind));
  return [property("guard", object([guard]))];
}
