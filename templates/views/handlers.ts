/** `server/handlers.ts`: the types that handlers are written against, and what handlers may set off. */
import { mayBeAbsent } from "../../ir/forms.js";
import type { Fn, View } from "../../ir/model/canonical.js";
import { addTo } from "../../ir/lists.js";
import { compareCodePoints } from "../../ir/source/code-points.js";
import { aliasText, interfaceText } from "../layout/declarations.js";
import { reference, unionOf, type TypeNode } from "../layout/types.js";
import { docLines, toIdentifier } from "../text.js";
import { toTexts, type DeclarationView, type DeclarationsView } from "./declaration.js";
import { handlerType, inputType, viewHandlerType, viewInput } from "./handler-types.js";
import { mergeType } from "./merges.js";
import { handledNodes, type NamedContext, type NamedFunction, type World } from "./names.js";
import { own, record, table } from "./records.js";
import { createScope, type Scope } from "./scope.js";
import { describe, outputType, paramMembers, type Setting } from "./shapes.js";

/** What the module exports whatever the contract says. */
const fixedNames = [
  "AnyHandlerContext",
  "Calls",
  "Effects",
  "Fakes",
  "Handlers",
  "Invalidations",
  "Merges",
  "MizanOptions",
  "PredicateOptions",
  "Predicates",
];

export function handlersView(world: World): DeclarationsView {
  return modulesOf(
    world,
    "server/handlers.ts",
    (setting) => [
      table(
        "Handlers",
        setting,
        world.views.length === 0
          ? "The handler of each function, by its name on the wire."
          : "The handler of each function and view, by its name in the contract.",
        handledNodes(world).map(({ node, names }) => ({
          node,
          type: () => own(names.handlerType),
          isDocumented: false,
        })),
      ),
    ],
    options,
  );
}

/** `<client>/testing/handlers.ts`: the same for the fakes of tests, which go by the names of generated code. */
export function fakesView(world: World): DeclarationsView {
  return modulesOf(
    world,
    "client/testing/handlers.ts",
    () => [
      record(
        "Fakes",
        world,
        ["A handler of a test for each function."],
        world.functions.map(({ fn, names }) => [fn.camel, own(names.handlerType), describe(fn)]),
      ),
    ],
    predicates,
  );
}

type Part = (setting: Setting) => readonly DeclarationView[];

/** `handlers`: the table of them all. `guards`: what else the application brings. */
function modulesOf(world: World, path: string, handlers: Part, guards: Part): DeclarationsView {
  const scope = createScope(
    world,
    path,
    [
      ...fixedNames,
      ...world.contexts.flatMap((named) => [named.names.paramsType, mergesName(named)]),
      ...world.functions.map(({ names }) => names.handlerType),
      ...world.views.map(({ names }) => names.handlerType),
    ],
    "./types.js",
  );
  const setting: Setting = { world, scope, side: "server", use: "out" };
  return {
    scope,
    declarations: [
      ...scope.declarations(
        "function",
        world.functions,
        ({ fn }) => [fn, ...fn.errors.map((name) => world.errors.get(name))],
        (named) => toTexts([handlerType(named, setting)]),
      ),
      ...world.views.flatMap((named) => {
        const errors = named.view.errors.map((name) => world.errors.get(name));
        return scope.texts("view", [named.view, ...errors], () =>
          toTexts([viewHandlerType(named, setting)]),
        );
      }),
      ...toTexts(handlers(setting)),
      ...scope.declarations(
        "context",
        world.contexts,
        ({ context, functions }) => [context, ...functions.map(({ fn }) => fn)],
        (named) => toTexts(contextTypes(named, setting)),
      ),
      ...toTexts([
        ...effects(world, setting),
        {
          doc: docLines(["What every handler gets, for functions that they share."]),
          text: aliasText(
            toIdentifier("AnyHandlerContext"),
            reference(
              scope.abiType("server", "HandlerContext"),
              reference(scope.abiType("server", "NoErrors")),
              own("Effects"),
            ),
            world.layout,
          ),
        },
        ...guards(setting),
      ]),
    ],
  };
}

// ---- what handlers may set off

function mergesName({ names }: NamedContext): string {
  return names.provider.replace(/Context$/, "Merges");
}

/** The params by which a handler names instances of a context, and the slots that it may put values into. */
function contextTypes(named: NamedContext, setting: Setting): readonly DeclarationView[] {
  const { world, scope } = setting;
  const { context, names, functions } = named;
  const params = paramsType(named, scope);
  const slots = record(
    mergesName(named),
    world,
    [`The slots of the context \`${context.name}\`.`],
    functions.map(({ fn }) => [fn.name, mergeType(fn, params, setting), describe(fn)]),
  );
  if (context.params.length === 0) return [slots];
  const optional = paramMembers(
    context.params.map((param) => ({ ...param, needed: false })),
    { ...setting, use: "in" },
  );
  return [
    {
      doc: docLines([
        `Instances of the context \`${context.name}\`: those that agree on what is given.`,
      ]),
      text: interfaceText(toIdentifier(names.paramsType), optional, world.layout),
    },
    slots,
  ];
}

function paramsType({ context, names }: NamedContext, scope: Scope): TypeNode {
  return context.params.length === 0
    ? reference(scope.abiType("server", "NoParams"))
    : own(names.paramsType);
}

function effects(world: World, setting: Setting): readonly DeclarationView[] {
  const { scope } = setting;
  return [
    table(
      "Invalidations",
      setting,
      "`ctx.invalidate`: makes a context stale.",
      world.contexts.map((named) => ({
        node: named.context,
        type: () => reference(scope.abiType("server", "Invalidate"), paramsType(named, scope)),
        isDocumented: true,
      })),
    ),
    table(
      "Merges",
      setting,
      "`ctx.merge`: puts a value into a slot.",
      world.contexts.map((named) => ({
        node: named.context,
        type: () => own(mergesName(named)),
        isDocumented: false,
      })),
    ),
    table(
      "Calls",
      setting,
      "`ctx.call`: calls a function in process, with its guards.",
      world.functions.map((named) => ({
        node: named.fn,
        type: () => callType(named, setting),
        isDocumented: true,
      })),
    ),
    record(
      "Effects",
      world,
      ["What handlers may do beyond the effects that the contract declares."],
      [
        ["invalidate", own("Invalidations"), []],
        ["merge", own("Merges"), []],
        ["call", own("Calls"), []],
      ],
    ),
  ];
}

/** A caller may leave out what parsing fills in. */
function callType(named: NamedFunction, setting: Setting): TypeNode {
  const { fn } = named;
  const { scope } = setting;
  const input = inputType(named, setting);
  const filledIn = fn.input.filter((field) => field.omittable && !mayBeAbsent(field));
  const args =
    filledIn.length === 0
      ? input
      : reference(
          scope.abiType("server", "Omittable"),
          input,
          unionOf(filledIn.map(({ name }) => ({ kind: "literal", value: name }))),
        );
  return reference(scope.abiType("server", "CallFunction"), args, outputType(fn.output, setting));
}

// ---- options

/** The predicates that the contract names are required by type; without any the options are the runtime's. */
function options(setting: Setting): readonly DeclarationView[] {
  const { scope, world } = setting;
  const server = reference(scope.abiType("server", "ServerOptions"));
  const doc = ["What `createMizan` takes."];
  const named = predicates(setting);
  if (named.length === 0) {
    return [
      { doc: docLines(doc), text: aliasText(toIdentifier("MizanOptions"), server, world.layout) },
    ];
  }
  return [
    ...named,
    record("PredicateOptions", world, [], [["predicates", own("Predicates"), []]]),
    {
      doc: docLines(doc),
      text: aliasText(
        toIdentifier("MizanOptions"),
        {
          kind: "intersection",
          members: [server, own("PredicateOptions")],
        },
        world.layout,
      ),
    },
  ];
}

/** The names of the predicates that guard anything. */
export function predicatesOf({ functions, views }: World): readonly string[] {
  const names = [
    ...functions.map(({ fn }) => fn.auth),
    ...views.map(({ view }) => view.auth),
  ].flatMap((auth) => (auth?.kind === "predicate" ? [auth.name] : []));
  return [...new Set(names)].sort(compareCodePoints);
}

/** Their types, each with the inputs of what it guards; nothing where nothing is guarded so. */
function predicates(setting: Setting): readonly DeclarationView[] {
  const { scope, world } = setting;
  const inputs = new Map<string, TypeNode[]>();
  const see = ({ auth }: Fn | View, input: () => TypeNode): void => {
    if (auth?.kind === "predicate") addTo(inputs, auth.name, input());
  };
  for (const named of world.functions) see(named.fn, () => inputType(named, setting));
  for (const named of world.views) see(named.view, () => viewInput(named, setting));
  const names = predicatesOf(world);
  if (names.length === 0) return [];
  return [
    record(
      "Predicates",
      world,
      ["The guards that the contract names, with the inputs they may see."],
      names.map((name) => [
        name,
        reference(scope.abiType("server", "Predicate"), unionOf(inputs.get(name) ?? [])),
        [],
      ]),
    ),
  ];
}
