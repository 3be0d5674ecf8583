/** `server/mizan.ts`: every handler, the contract as the runtime wants it, and `createMizan`. */
import type { Affect, EffectParam, Fn, Merge, Source } from "../../ir/model/canonical.js";
import { assertNever } from "../../ir/assert-never.js";
import { constantText } from "../layout/declarations.js";
import {
  array,
  boolean,
  call,
  identifier,
  number,
  object,
  property,
  shorthand,
  string,
  type Expression,
  type Property,
} from "../layout/expressions.js";
import { reference } from "../layout/types.js";
import { toIdentifier, type Code } from "../text.js";
import { fieldExpression, shapeExpression } from "./definitions.js";
import type { NamedContext, NamedFunction, World } from "./names.js";
import type { Nodes } from "../memo/pieces.js";
import { createScope, type Scope } from "./scope.js";

export type MizanView = {
  readonly scope: Scope;
  readonly contract: Code;
  readonly handlers: Code;
  readonly createMizan: Code;
};

/** `handlersImport`: the path from here to the handlers' folder, as an import has it. */
export function mizanView(world: World, hash: string, handlersImport: string): MizanView {
  const { layout } = world;
  const scope = createScope(world, "server/mizan.ts", ["createMizan"], "./types.js");
  const handlers = world.functions.map((named) => {
    const path = `${handlersImport}/${named.names.handlerPath.replace(/\.ts$/, ".js")}`;
    return handlerProperty(named, scope.imported(path, named.names.handler, "value"));
  });
  const contract = scope.local("contract");
  const handlersName = scope.local("handlers");
  const optionsName = scope.local("options");
  return {
    scope,
    contract: constantText(
      {
        name: contract,
        type: reference(scope.abiType("server", "ContractDefinition")),
        value: contractExpression(world, hash, scope),
        exported: false,
      },
      layout,
    ),
    handlers: constantText(
      {
        name: handlersName,
        type: reference(scope.imported("./handlers.js", "Handlers", "type")),
        value: object(handlers),
        exported: false,
      },
      layout,
    ),
    createMizan: constantText(
      {
        name: toIdentifier("createMizan"),
        type: reference(
          scope.abiType("server", "CreateMizan"),
          reference(scope.imported("./handlers.js", "MizanOptions", "type")),
        ),
        value: {
          kind: "arrow",
          param: optionsName,
          body: call(
            identifier(scope.abiValue("server", "createServer")),
            identifier(contract),
            identifier(handlersName),
            identifier(optionsName),
          ),
        },
        exported: true,
      },
      layout,
    ),
  };
}

function handlerProperty(
  { fn }: NamedFunction,
  handler: ReturnType<typeof toIdentifier>,
): Property {
  return fn.name === handler ? shorthand(handler) : property(fn.name, identifier(handler));
}

function contractExpression(world: World, hash: string, scope: Scope): Expression {
  const { types, errors } = world.canonical;
  const field = fieldExpression(scope);
  const list = <Item extends object>(
    name: string,
    items: readonly Item[],
    nodesOf: (item: Item) => Nodes,
    toExpression: (item: Item) => Expression,
  ): Property =>
    property(
      name,
      array(
        items.map((item) => scope.expression(name, nodesOf(item), () => toExpression(item))),
        world.memo?.elements,
      ),
    );
  return object([
    property("hash", string(hash)),
    list(
      "structs",
      types,
      (type) => [type],
      ({ name, fields }) =>
        object([property("name", string(name)), property("fields", array(fields.map(field)))]),
    ),
    list(
      "errors",
      errors,
      (error) => [error],
      ({ name, code, status, message, fields }) =>
        object([
          property("name", string(name)),
          property("code", string(code)),
          property("status", number(status)),
          property("message", string(message)),
          property("fields", array(fields.map(field))),
        ]),
    ),
    list(
      "contexts",
      world.contexts,
      ({ context, functions }) => [context, ...functions.map(({ fn }) => fn)],
      contextExpression,
    ),
    list(
      "functions",
      world.functions,
      ({ fn }) => [fn, ...contextsAffectedBy(fn, world)],
      (named) => functionExpression(named, world, scope),
    ),
  ]);
}

function contextExpression({ context: { name, cache }, functions }: NamedContext): Expression {
  const cached =
    cache === null || cache.off
      ? []
      : [property("ttl", number(cache.ttl)), property("public", boolean(cache.public))];
  return object([
    property("name", string(name)),
    property("functions", array(functions.map(({ fn }) => string(fn.name)))),
    ...(cached.length === 0 ? [] : [property("cache", object(cached))]),
  ]);
}

function functionExpression(
  { fn, isBoxed }: NamedFunction,
  world: World,
  scope: Scope,
): Expression {
  const affects = affectExpressions(fn, world);
  const merges = fn.merges.flatMap((merge) =>
    merge.slot === null ? [] : [mergeExpression(merge, merge.slot)],
  );
  const guard = guardExpression(fn);
  return object([
    property("name", string(fn.name)),
    property("input", array(fn.input.map(fieldExpression(scope)))),
    ...(fn.output === null ? [] : [property("output", shapeExpression(fn.output, scope))]),
    property("boxed", boolean(isBoxed)),
    ...(fn.context === null ? [] : [property("context", string(fn.context))]),
    ...(affects.length === 0 ? [] : [property("affects", array(affects))]),
    ...(merges.length === 0 ? [] : [property("merges", array(merges))]),
    ...(fn.errors.length === 0 ? [] : [property("errors", array(fn.errors.map(string)))]),
    ...(guard === null ? [] : [property("guard", guard)]),
    ...(fn.private ? [property("private", boolean(true))] : []),
    ...(fn.rev === 0 ? [] : [property("rev", number(fn.rev))]),
  ]);
}

/** Declared effects in their order; a merge whose slot cannot be told acts as one. */
function affectExpressions(fn: Fn, world: World): readonly Expression[] {
  return [
    ...fn.affects.flatMap((affect) => affectExpression(affect, world)),
    ...fn.merges
      .filter(({ slot }) => slot === null)
      .map((merge) => contextAffect(merge.context, merge.params)),
  ];
}

/** What a function's effects take from the contract as a whole: all contexts, for one that affects everything. */
function contextsAffectedBy(fn: Fn, { canonical }: World): readonly string[] {
  const isWide = fn.affects.some(({ kind }) => kind === "everything");
  return isWide ? canonical.contexts.map(({ name }) => name) : [];
}

function affectExpression(affect: Affect, world: World): readonly Expression[] {
  switch (affect.kind) {
    case "context":
      return [contextAffect(affect.context, affect.params)];
    case "function":
      return [object([property("function", string(affect.function))])];
    case "everything":
      return world.canonical.contexts.map(({ name }) => contextAffect(name, []));
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

function guardExpression({ auth }: Fn): Expression | null {
  if (auth === null || auth.kind === "none") return null;
  return auth.kind === "predicate"
    ? object([property("predicate", string(auth.name))])
    : object([property("role", string(auth.kind))]);
}
