/** The module of one context: `contexts/user.ts`. */
import type { Shape } from "../../ir/model/canonical.js";
import { assertNever } from "../../ir/assert-never.js";
import { compareCodePoints } from "../../ir/source/code-points.js";
import { aliasText, constantText, interfaceText } from "../layout/declarations.js";
import {
  call,
  identifier,
  object,
  property,
  pure,
  string,
  type Expression,
  type Property,
} from "../layout/expressions.js";
import { reference, type TypeNode } from "../layout/types.js";
import type { Nodes } from "../memo/pieces.js";
import { docLines, toIdentifier, type Code, type Identifier } from "../text.js";
import { toTexts, type DeclarationView } from "./declaration.js";
import type { NamedContext, NamedFunction, World } from "./names.js";
import { pageConstants } from "./pages.js";
import { createScope, type Scope } from "./scope.js";
import { describe, outputType, paramMembers, type Setting } from "./shapes.js";
import { failureOf } from "./types.js";

export type ContextView = {
  readonly scope: Scope;
  /** What tells instances apart, and what they hold. */
  readonly types: readonly Code[];
  /** `const context = …`, which makes the constant below. */
  readonly maker: Code;
  readonly constants: readonly Code[];
};

/** `contexts/user.ts` */
export function contextView(named: NamedContext, world: World): ContextView {
  const { context, names } = named;
  const scope = createScope(
    world,
    `client/${names.path}`,
    [
      names.constant,
      names.fetch,
      names.watch,
      names.paramsType,
      names.dataType,
      names.draftType,
      names.errorType,
      names.errorGuard,
      ...named.functions.flatMap(({ fn, names: own }) =>
        fn.paginate === null ? [] : [own.pages, own.watchPages],
      ),
    ],
    "../types.js",
  );
  const contract = scope.imported("../contract.js", "contract", "value");
  const maker = scope.local("context");
  const nodes: Nodes = [context, maker, ...named.functions.map(({ fn }) => fn)];
  return {
    scope,
    types: scope.texts("types", nodes, () =>
      toTexts([
        paramsType(named, world, scope),
        dataType(named, world, scope),
        draftType(named, world, scope),
        errorType(named, world, scope),
      ]),
    ),
    maker: constantText(
      {
        name: maker,
        type: null,
        value: pure(call(identifier(scope.abiValue("client", "contextOf")), identifier(contract))),
        exported: false,
      },
      world.layout,
    ),
    constants: scope.texts("constants", nodes, () =>
      toTexts(contextConstants(named, maker, world, scope)),
    ),
  };
}

function dataType(
  { context, names, functions }: NamedContext,
  world: World,
  scope: Scope,
): DeclarationView {
  const setting: Setting = { world, scope, side: "client", use: "out" };
  return {
    doc: docLines([`What the context \`${context.name}\` holds, slot by slot.`]),
    text: interfaceText(
      toIdentifier(names.dataType),
      functions.map(({ fn }) => ({
        name: fn.name,
        readonly: false,
        optional: false,
        type: outputType(fn.output, setting),
        doc: describe(fn),
      })),
      world.layout,
    ),
  };
}

/** What a call that affects the context may say about it before it is answered. */
function draftType({ context, names }: NamedContext, world: World, scope: Scope): DeclarationView {
  return {
    doc: docLines([`What a call is expected to change in the context \`${context.name}\`.`]),
    text: interfaceText(
      toIdentifier(names.draftType),
      [
        {
          name: context.name,
          readonly: false,
          optional: false,
          type: reference(
            scope.abiType("client", "Draft"),
            reference(toIdentifier(names.paramsType)),
            reference(toIdentifier(names.dataType)),
          ),
          doc: [],
        },
      ],
      world.layout,
    ),
  };
}

/** A read fails with what any of its functions declares. */
function errorType(
  { context, names, functions }: NamedContext,
  world: World,
  scope: Scope,
): DeclarationView {
  const declared = functions.flatMap(({ fn }) => fn.errors).sort(compareCodePoints);
  return {
    doc: docLines([`What reading the context \`${context.name}\` can end with.`]),
    text: aliasText(toIdentifier(names.errorType), failureOf(declared, scope), world.layout),
  };
}

/** The context, what reads and follows its instances, and what tells its errors from others. */
function contextConstants(
  named: NamedContext,
  maker: Identifier,
  world: World,
  scope: Scope,
): readonly DeclarationView[] {
  const { context, names, functions } = named;
  const params = reference(toIdentifier(names.paramsType));
  const data = reference(toIdentifier(names.dataType));
  const failure = reference(toIdentifier(names.errorType));
  const constant = (
    name: string,
    type: TypeNode,
    value: Expression & { kind: "call" },
    doc: DeclarationView["doc"],
  ): DeclarationView => ({
    doc,
    text: constantText(
      {
        name: toIdentifier(name),
        type,
        value: pure(value),
        exported: true,
      },
      world.layout,
    ),
  });
  const factory = (name: string, type: TypeNode, from: string, doc: string): DeclarationView =>
    constant(
      name,
      type,
      call(identifier(scope.abiValue("client", from)), identifier(toIdentifier(names.constant))),
      docLines([doc]),
    );
  const slots = object(functions.map(slotDescriptor));
  return [
    constant(
      names.constant,
      reference(scope.abiType("client", "Context"), params, data),
      call(
        identifier(maker),
        string(context.name),
        slots,
        ...(context.cache?.public ? [string("public")] : []),
      ),
      describe(context),
    ),
    factory(
      names.fetch,
      reference(scope.abiType("client", "FetchContext"), params, data, failure),
      "fetchOf",
      `Reads the context \`${context.name}\` once.`,
    ),
    factory(
      names.watch,
      reference(scope.abiType("client", "WatchContext"), params, data, failure),
      "watchOf",
      `Follows one instance of the context \`${context.name}\`.`,
    ),
    constant(
      names.errorGuard,
      reference(scope.abiType("client", "IsError"), failure),
      call(identifier(scope.abiValue("client", "isReadErrorOf")), string(context.name)),
      [],
    ),
    ...functions.flatMap((member) => pageConstants(member, named, world, scope)),
  ];
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

type ParamKind = "integer" | "number" | "boolean" | "string" | "uuid" | "json" | "jsontext";

function paramKind(shape: Shape): ParamKind {
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
      return "jsontext";
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
