/** `server/mizan.ts`: every handler, the contract as the runtime wants it, and `createMizan`. */
import type { Context } from "../../ir/model/canonical.js";
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
import { toIdentifier, type Code, type Identifier } from "../text.js";
import { fieldExpression, shapeExpression } from "./definitions.js";
import {
  contextsAffectedBy,
  effectProperties,
  errorsProperty,
  guardProperty,
} from "./effect-definitions.js";
import { handledNodes, type NamedContext, type NamedFunction, type World } from "./names.js";
import type { Nodes } from "../memo/pieces.js";
import { purgeScopes, type PurgeScopes } from "./purge-scopes.js";
import { createScope, type Scope } from "./scope.js";
import { viewExpression } from "./view-definition.js";

export type MizanView = {
  readonly scope: Scope;
  readonly contract: Code;
  /** One constant. */
  readonly handlers: readonly Code[];
  readonly createMizan: Code;
};

/** `handlersImport`: the path from here to the handlers' folder, as an import has it. */
export function mizanView(world: World, hash: string, handlersImport: string): MizanView {
  const { layout } = world;
  const scope = createScope(world, "server/mizan.ts", ["createMizan"], "./types.js");
  const handlers = scope.expression(
    "handlers",
    [world.functions, world.views, handlersImport],
    () =>
      object(
        handledNodes(world).map(({ node: { name }, names }) => {
          const path = `${handlersImport}/${names.handlerPath.replace(/\.ts$/, ".js")}`;
          return handlerProperty(name, scope.imported(path, names.handler, "value"));
        }),
      ),
  );
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
    handlers: scope.texts("handlers", [handlers, handlersName], () => [
      constantText(
        {
          name: handlersName,
          type: reference(scope.imported("./handlers.js", "Handlers", "type")),
          value: handlers,
          exported: false,
        },
        layout,
      ),
    ]),
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

function handlerProperty(name: string, handler: Identifier): Property {
  return name === handler ? shorthand(handler) : property(name, identifier(handler));
}

/** Everything but what the application brings. */
export function contractExpression(world: World, hash: string, scope: Scope): Expression {
  const { types, errors } = world.canonical;
  const field = fieldExpression(scope);
  const isCached = world.contexts.some(({ context }) => isKept(context));
  const scopes: PurgeScopes = isCached ? purgeScopes(world.canonical) : new Map();
  const scopesOf = (context: Context): readonly (readonly string[])[] =>
    (isKept(context) ? scopes.get(context.name) : undefined) ?? [];
  const list = <Item>(
    name: string,
    items: readonly Item[],
    nodesOf: (item: Item) => Nodes,
    toExpression: (item: Item) => Expression,
  ): Property => property(name, scope.elements(name, items, nodesOf, toExpression));
  return object([
    property("hash", string(hash)),
    list(
      "structs",
      types,
      (type) => [type],
      ({ name, fields }) =>
        object([property("name", string(name)), property("fields", array(fields.map(field)))]),
    ),
    property(
      "errors",
      scope.expression("errors", [errors], () =>
        scope.elements(
          "error",
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
      ),
    ),
    list(
      "contexts",
      world.contexts,
      ({ context, functions }) => [
        context,
        ...functions.map(({ fn }) => fn),
        JSON.stringify(scopesOf(context)),
      ],
      (named) => contextExpression(named, scopesOf(named.context)),
    ),
    property(
      "functions",
      scope.expression("functions", [world.functions, world.contexts], () =>
        scope.elements(
          "function",
          world.functions,
          ({ fn }) => [fn, ...contextsAffectedBy(fn, world.canonical)],
          (named) => functionExpression(named, world, scope),
        ),
      ),
    ),
    ...(world.views.length === 0
      ? []
      : [
          list(
            "views",
            world.views,
            ({ view }) => [view, ...contextsAffectedBy(view, world.canonical)],
            ({ view }) => viewExpression(view, world.canonical, scope),
          ),
        ]),
  ]);
}

/** Answers of this context are cached. */
const isKept = ({ cache }: Context): boolean => cache !== null && !cache.off;

function contextExpression(
  { context: { name, cache }, functions }: NamedContext,
  scopes: readonly (readonly string[])[],
): Expression {
  const cached =
    cache === null || cache.off
      ? []
      : [
          property("ttl", number(cache.ttl)),
          property("public", boolean(cache.public)),
          ...(scopes.length === 0
            ? []
            : [property("scopes", array(scopes.map((set) => array(set.map(string)))))]),
        ];
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
  return object([
    property("name", string(fn.name)),
    property("input", array(fn.input.map(fieldExpression(scope)))),
    ...(fn.output === null ? [] : [property("output", shapeExpression(fn.output, scope))]),
    property("boxed", boolean(isBoxed)),
    ...(fn.context === null ? [] : [property("context", string(fn.context))]),
    ...(fn.paginate === null ? [] : [property("pageOf", string(fn.paginate.element))]),
    ...effectProperties(fn, world.canonical),
    ...errorsProperty(fn),
    ...guardProperty(fn),
    ...(fn.private ? [property("private", boolean(true))] : []),
    ...(fn.rev === 0 ? [] : [property("rev", number(fn.rev))]),
  ]);
}
