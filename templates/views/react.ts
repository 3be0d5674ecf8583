/** `react.tsx`: providers and hooks. */
import type { Fn } from "../../ir/model/canonical.js";
import type { FunctionNames } from "../../ir/naming.js";
import { constantText, directiveLine, exportLine } from "../layout/declarations.js";
import { call, identifier, pure, string, type Expression } from "../layout/expressions.js";
import { functionReturning, reference, type TypeNode } from "../layout/types.js";
import { docLines, toIdentifier, type Code, type Identifier } from "../text.js";
import { callMakers, wireArguments } from "./call-makers.js";
import { signature } from "./client.js";
import { toTexts, type DeclarationView } from "./declaration.js";
import { publicFunctions, type NamedContext, type NamedFunction, type World } from "./names.js";
import { expectable } from "./expectable.js";
import { createScope, type Scope } from "./scope.js";
import { describe, nullable, outputType, pageTypes, type Setting } from "./shapes.js";

export type ReactView = {
  readonly scope: Scope;
  /** `"use client"` */
  readonly directive: Code;
  /** `const hook = …`; none when no function has a call hook. */
  readonly makers: readonly Code[];
  readonly declarations: readonly Code[];
  /** What is handed through from the runtime. */
  readonly handedThrough: Code;
};

export function reactView(world: World): ReactView {
  const called = publicFunctions(world).filter(({ fn }) => fn.context === null);
  const scope = createScope(world, "client/react.tsx", exportedNames(world, called), "./types.js");
  const contract = identifier(scope.imported("./contract.js", "contract", "value"));
  const { lines, makerOf } = callMakers(
    called,
    "react",
    { plain: ["hook", "mutationHook"], upload: ["upload", "uploadHook"] },
    world,
    scope,
  );
  const rootArguments = world.contexts
    .filter(({ context }) => context.name === "global")
    .map((named) => contextConstant(named, scope));
  const useMizan = scope.abiValue("react", "useMizan");
  return {
    scope,
    directive: directiveLine("use client", world.layout),
    makers: lines,
    declarations: [
      ...toTexts([
        constant(world, "MizanContext", {
          doc: docLines(["Gives a client to everything below it."]),
          type: reference(scope.abiType("react", "RootProvider")),
          value: call(
            identifier(scope.abiValue("react", "rootProvider")),
            contract,
            ...rootArguments,
          ),
        }),
      ]),
      ...scope.declarations(
        "context",
        world.contexts,
        (named) => [named.context, ...named.functions.map(({ fn }) => fn)],
        (named) => toTexts(contextDeclarations(named, world, scope)),
      ),
      ...scope.declarations(
        "function",
        called,
        (named) => [named.fn, makerOf(named), ...expectable(named, world)],
        (named) => toTexts([callHook(named, makerOf(named), world, scope)]),
      ),
    ],
    handedThrough: exportLine([useMizan], null, world.layout),
  };
}

function exportedNames(world: World, called: readonly NamedFunction[]): readonly string[] {
  return [
    "MizanContext",
    ...world.contexts.flatMap(({ names, functions }) => [
      names.provider,
      names.hook,
      names.suspenseHook,
      ...functions.flatMap(({ fn, names: own }) => [
        own.hook,
        own.suspenseHook,
        ...(fn.paginate === null ? [] : [own.infiniteHook]),
      ]),
    ]),
    ...called.map(({ names }) => names.hook),
  ];
}

type Constant = {
  readonly doc: DeclarationView["doc"];
  readonly type: TypeNode;
  readonly value: Expression & { kind: "call" };
};

function constant(world: World, name: string, { doc, type, value }: Constant): DeclarationView {
  return {
    doc,
    text: constantText(
      { name: toIdentifier(name), type, value: pure(value), exported: true },
      world.layout,
    ),
  };
}

/** The provider, the hooks for the whole context, and those for each slot: one that shows what there is, one that suspends. */
function contextDeclarations(
  named: NamedContext,
  world: World,
  scope: Scope,
): readonly DeclarationView[] {
  const { context, names, functions } = named;
  const from = `./${names.path.replace(/\.ts$/, ".js")}`;
  const instance = contextConstant(named, scope);
  const data = reference(scope.imported(from, names.dataType, "type"));
  const failure = reference(scope.imported(from, names.errorType, "type"));
  const setting: Setting = { world, scope, side: "client", use: "out" };
  // The root mounts the global context, so it has no provider of its own.
  const provider =
    context.name === "global"
      ? []
      : [
          constant(world, names.provider, {
            doc: describe(context),
            type: reference(
              scope.abiType("react", "Provider"),
              reference(scope.imported(from, names.paramsType, "type")),
            ),
            value: call(identifier(scope.abiValue("react", "providerOf")), instance),
          }),
        ];
  return [
    ...provider,
    constant(world, names.hook, {
      doc: docLines([`The state of the nearest \`${context.name}\` context.`]),
      type: functionReturning(reference(scope.abiType("react", "ContextState"), data, failure)),
      value: call(identifier(scope.abiValue("react", "contextHook")), instance),
    }),
    constant(world, names.suspenseHook, {
      doc: docLines(["The same, with its data: suspends until it is there."]),
      type: functionReturning(reference(scope.abiType("react", "SuspendedState"), data, failure)),
      value: call(identifier(scope.abiValue("react", "suspenseHook")), instance),
    }),
    ...functions.flatMap(({ fn, names: own }) => [
      constant(world, own.hook, {
        doc: describe(fn),
        type: functionReturning(nullable(outputType(fn.output, setting))),
        value: call(identifier(scope.abiValue("react", "slotHook")), instance, string(fn.name)),
      }),
      constant(world, own.suspenseHook, {
        doc: describe(fn),
        type: functionReturning(outputType(fn.output, setting)),
        value: call(
          identifier(scope.abiValue("react", "suspenseSlotHook")),
          instance,
          string(fn.name),
        ),
      }),
      ...infiniteHook(fn, own, from, world, scope),
    ]),
  ];
}

/** The hook for a list that is read page by page; none for any other function. */
function infiniteHook(
  fn: Fn,
  names: FunctionNames,
  from: string,
  world: World,
  scope: Scope,
): readonly DeclarationView[] {
  const types = pageTypes(fn, { world, scope, side: "client", use: "out" });
  if (types === null) return [];
  return [
    constant(world, names.infiniteHook, {
      doc: describe(fn),
      type: functionReturning(reference(scope.abiType("react", "Infinite"), ...types)),
      value: call(
        identifier(scope.abiValue("react", "infiniteHook")),
        identifier(scope.imported(from, names.pages, "value")),
      ),
    }),
  ];
}

function contextConstant({ names }: NamedContext, scope: Scope): Expression {
  return identifier(
    scope.imported(`./${names.path.replace(/\.ts$/, ".js")}`, names.constant, "value"),
  );
}

function callHook(
  named: NamedFunction,
  maker: Identifier,
  world: World,
  scope: Scope,
): DeclarationView {
  const setting: Setting = { world, scope, side: "client", use: "in" };
  const mutation = reference(scope.abiType("react", "Mutation"), ...signature(named, setting));
  return constant(world, named.names.hook, {
    doc: describe(named.fn),
    type: functionReturning(mutation),
    value: call(identifier(maker), ...wireArguments(named)),
  });
}
