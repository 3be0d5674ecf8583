/** The Stage 1 client, types and schemas aside: the contract, its functions, its contexts, the index. */
import type { Shape } from "../../ir/model/canonical.js";
import { assertNever } from "../../ir/assert-never.js";
import { aliasText, constantText, exportLine, interfaceText } from "../layout/declarations.js";
import {
  call,
  identifier,
  object,
  property,
  string,
  type Expression,
  type Property,
} from "../layout/expressions.js";
import { reference, type TypeNode } from "../layout/types.js";
import { docLines, toIdentifier, type Code } from "../text.js";
import type { DeclarationView } from "./declaration.js";
import {
  inputTypeName,
  publicFunctions,
  type NamedContext,
  type NamedFunction,
  type World,
} from "./names.js";
import { createScope, type Scope } from "./scope.js";
import { describe, outputType, paramMembers, type Setting } from "./shapes.js";

export type ContractView = { readonly scope: Scope; readonly contract: Code };

export function contractView(world: World, hash: string, headerPrefix: string): ContractView {
  const scope = createScope(world, ["contract"], "./types.js");
  const facts = object([
    property("hash", string(hash)),
    property("headerPrefix", string(headerPrefix)),
  ]);
  return {
    scope,
    contract: constantText(
      {
        name: toIdentifier("contract"),
        type: reference(scope.abiType("client", "Contract")),
        value: facts,
        exported: true,
      },
      world.layout,
    ),
  };
}

export type FunctionsView = {
  readonly scope: Scope;
  /** `const fn = …`, which makes each of them; null when there are none. */
  readonly maker: Code | null;
  readonly functions: readonly DeclarationView[];
};

export function functionsView(world: World): FunctionsView {
  const functions = publicFunctions(world);
  const scope = createScope(
    world,
    functions.map(({ names }) => names.call),
    "./types.js",
  );
  if (functions.length === 0) return { scope, maker: null, functions: [] };
  const setting: Setting = { world, scope, side: "client", use: "in" };
  const contract = identifier(scope.imported("./contract.js", "contract", "value"));
  const maker = scope.local("fn");
  return {
    scope,
    maker: constantText(
      {
        name: maker,
        type: null,
        value: pure(call(identifier(scope.abiValue("client", "functionOf")), contract)),
        exported: false,
      },
      world.layout,
    ),
    functions: functions.map((named) => ({
      doc: describe(named.fn),
      text: constantText(
        {
          name: toIdentifier(named.names.call),
          type: reference(scope.abiType("client", "Call"), ...signature(named, setting)),
          value: pure(call(identifier(maker), ...wireArguments(named))),
          exported: true,
        },
        world.layout,
      ),
    })),
  };
}

/** Input, output and failure of a function, as type arguments. */
export function signature(named: NamedFunction, setting: Setting): readonly TypeNode[] {
  const { scope, world } = setting;
  const input = inputTypeName(named, world, "client");
  return [
    reference(input === null ? scope.abiType("client", "NoInput") : scope.type(input)),
    outputType(named.fn.output, setting),
    reference(scope.type(named.names.errorType)),
  ];
}

/** How the runtime is told of a function: its wire name, and whether its output is boxed. */
export function wireArguments({ fn, isBoxed }: NamedFunction): readonly Expression[] {
  return isBoxed ? [string(fn.name), string("box")] : [string(fn.name)];
}

export function pure(expression: Expression & { kind: "call" }): Expression {
  return { ...expression, pure: true };
}

export type ContextView = {
  readonly scope: Scope;
  /** What tells instances apart, and what they hold. */
  readonly types: readonly DeclarationView[];
  /** `const context = …`, which makes the constant below. */
  readonly maker: Code;
  readonly constants: readonly DeclarationView[];
};

/** `contexts/user.ts` */
export function contextView(named: NamedContext, world: World): ContextView {
  const { context, names } = named;
  const scope = createScope(
    world,
    [names.constant, names.fetch, names.watch, names.paramsType, names.dataType],
    "../types.js",
  );
  const layout = world.layout;
  const contract = identifier(scope.imported("../contract.js", "contract", "value"));
  const params = reference(toIdentifier(names.paramsType));
  const data = reference(toIdentifier(names.dataType));
  const constant = identifier(toIdentifier(names.constant));
  const factory = (name: string, type: string, maker: string, doc: string): DeclarationView => ({
    doc: docLines([doc]),
    text: constantText(
      {
        name: toIdentifier(name),
        type: reference(scope.abiType("client", type), params, data),
        value: pure(call(identifier(scope.abiValue("client", maker)), constant)),
        exported: true,
      },
      layout,
    ),
  });
  const maker = scope.local("context");
  return {
    scope,
    types: [
      paramsType(named, world, scope),
      {
        doc: docLines([`What the context \`${context.name}\` holds, slot by slot.`]),
        text: interfaceText(
          toIdentifier(names.dataType),
          named.functions.map(({ fn }) => ({
            name: fn.name,
            readonly: false,
            optional: false,
            type: outputType(fn.output, { world, scope, side: "client", use: "out" }),
            doc: describe(fn),
          })),
          layout,
        ),
      },
    ],
    maker: constantText(
      {
        name: maker,
        type: null,
        value: pure(call(identifier(scope.abiValue("client", "contextOf")), contract)),
        exported: false,
      },
      layout,
    ),
    constants: [
      {
        doc: describe(context),
        text: constantText(
          {
            name: toIdentifier(names.constant),
            type: reference(scope.abiType("client", "Context"), params, data),
            value: pure(
              call(
                identifier(maker),
                string(context.name),
                object(named.functions.map(slotDescriptor)),
              ),
            ),
            exported: true,
          },
          layout,
        ),
      },
      factory(
        names.fetch,
        "FetchContext",
        "fetchOf",
        `Reads the context \`${context.name}\` once.`,
      ),
      factory(
        names.watch,
        "WatchContext",
        "watchOf",
        `Follows one instance of the context \`${context.name}\`.`,
      ),
    ],
  };
}

function paramsType(
  { context, names, functions }: NamedContext,
  world: World,
  scope: Scope,
): DeclarationView {
  const visible = new Set(functions.map(({ fn }) => fn.name));
  const params = context.params.filter(({ sharedBy }) =>
    sharedBy.some((name) => visible.has(name)),
  );
  const name = toIdentifier(names.paramsType);
  const doc = docLines([
    `What tells one instance of the context \`${context.name}\` from another.`,
  ]);
  if (params.length === 0) {
    return {
      doc,
      text: aliasText(name, reference(scope.abiType("client", "NoParams")), world.layout),
    };
  }
  const setting: Setting = { world, scope, side: "client", use: "in" };
  return { doc, text: interfaceText(name, paramMembers(params, setting), world.layout) };
}

/**
 * A slot as the runtime wants it described: the params its function takes and their kinds, which instance
 * keys and merging need. `user_id:integer limit:integer? page:integer=`, `box` first where it is boxed.
 */
function slotDescriptor({ fn, isBoxed }: NamedFunction): Property {
  const params = fn.input.map(({ name, shape, omittable, default: value }) => {
    const isNullable = shape.kind === "optional";
    const absentIsNull = isNullable && (value === null || value.kind === "null");
    const mark = absentIsNull ? "?" : omittable ? "=" : "";
    return `${name}:${paramKind(isNullable ? shape.inner : shape)}${mark}`;
  });
  return property(fn.name, string([...(isBoxed ? ["box"] : []), ...params].join(" ")));
}

function paramKind(shape: Shape): "integer" | "number" | "boolean" | "string" | "uuid" | "json" {
  switch (shape.kind) {
    case "integer":
    case "number":
    case "boolean":
      return shape.kind;
    case "string":
      return shape.format === "uuid" ? "uuid" : "string";
    case "enum":
      return "string";
    case "json":
    case "file":
    case "ref":
    case "list":
    case "map":
    case "optional":
    case "union":
    case "error":
      return "json";
    default:
      return assertNever(shape);
  }
}

export type IndexView = { readonly exports: readonly Code[] };

/** `index.ts`: everything but the schemas. */
export function indexView(world: World, react: boolean): IndexView {
  const modules = [
    "./contract.js",
    ...world.contexts.map(({ names }) => `./${names.path.replace(/\.ts$/, ".js")}`),
    "./functions.js",
    ...(react ? ["./react.js"] : []),
    "./types.js",
  ];
  return { exports: modules.map((path) => exportLine("*", path, world.layout)) };
}
