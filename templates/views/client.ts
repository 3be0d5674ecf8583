/** The Stage 1 client, types, schemas and contexts aside: the contract, its functions, the index. */
import { constantText, exportLine } from "../layout/declarations.js";
import { call, identifier, object, property, pure, string } from "../layout/expressions.js";
import { reference, type TypeNode } from "../layout/types.js";
import { toIdentifier, type Code, type Identifier } from "../text.js";
import { callMakers, wireArguments } from "./call-makers.js";
import { toTexts, type DeclarationView } from "./declaration.js";
import { inputTypeName, publicFunctions, type NamedFunction, type World } from "./names.js";
import { expectable } from "./expectable.js";
import { createScope, type Scope } from "./scope.js";
import { describe, outputType, type Setting } from "./shapes.js";

export type ContractView = { readonly scope: Scope; readonly contract: Code };

export function contractView(world: World, hash: string, headerPrefix: string): ContractView {
  const scope = createScope(world, "client/contract.ts", ["contract"], "./types.js");
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
  /** `const fn = …`, which make them; none when there are none. */
  readonly makers: readonly Code[];
  readonly functions: readonly Code[];
};

export function functionsView(world: World): FunctionsView {
  const functions = publicFunctions(world);
  const scope = createScope(
    world,
    "client/functions.ts",
    functions.flatMap(({ names }) => [names.call, names.errorGuard]),
    "./types.js",
  );
  if (functions.length === 0) return { scope, makers: [], functions: [] };
  const setting: Setting = { world, scope, side: "client", use: "in" };
  const { lines, makerOf } = callMakers(
    functions,
    "client",
    { plain: ["fn", "functionOf"], upload: ["upload", "uploadOf"] },
    world,
    scope,
  );
  return {
    scope,
    makers: lines,
    functions: scope.declarations(
      "function",
      functions,
      (named) => [named.fn, makerOf(named), ...expectable(named, world)],
      (named) =>
        toTexts([callConstant(named, makerOf(named), setting), errorGuard(named, setting)]),
    ),
  };
}

function callConstant(named: NamedFunction, maker: Identifier, setting: Setting): DeclarationView {
  const { scope, world } = setting;
  return {
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
  };
}

/** `isRenameUserError`: the error that a call ended with, told from all others. */
function errorGuard({ fn, names }: NamedFunction, { scope, world }: Setting): DeclarationView {
  return {
    doc: [],
    text: constantText(
      {
        name: toIdentifier(names.errorGuard),
        type: reference(scope.abiType("client", "IsError"), reference(scope.type(names.errorType))),
        value: pure(call(identifier(scope.abiValue("client", "isErrorOf")), string(fn.name))),
        exported: true,
      },
      world.layout,
    ),
  };
}

/** Input, output, failure and drafts of a function, as type arguments. */
export function signature(named: NamedFunction, setting: Setting): readonly TypeNode[] {
  const { scope, world } = setting;
  const input = inputTypeName(named, scope.typeName, "client");
  const drafts = expectable(named, world).map(({ names }) =>
    reference(scope.imported(`./${names.path.replace(/\.ts$/, ".js")}`, names.draftType, "type")),
  );
  const [only, ...others] = drafts;
  return [
    reference(input === null ? scope.abiType("client", "NoInput") : scope.type(input)),
    outputType(named.fn.output, setting),
    reference(scope.type(named.names.errorType)),
    ...(only === undefined
      ? []
      : [others.length === 0 ? only : ({ kind: "intersection", members: drafts } as const)]),
  ];
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
