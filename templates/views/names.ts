/**
 * What the views need to know of the contract as a whole: how each type is called on each side, which
 * functions a client may see. Made once per plan; every view reads it, none changes it.
 */
import { toForms, type Forms, type Side, type Use } from "../../ir/forms.js";
import { isBoxed } from "../../ir/shapes.js";
import type {
  Canonical,
  Context,
  DeclaredError,
  Fn,
  Type,
  View,
} from "../../ir/model/canonical.js";
import {
  toContextNames,
  toErrorTypeName,
  toFunctionNames,
  toPascal,
  toSchemaName,
  toTypeName,
  type ContextNames,
  type FunctionNames,
} from "../../ir/naming.js";
import type { Layout } from "../layout/layout.js";
import { createLatest, createLatestOf, type Latest, type LatestOf } from "../memo/latest.js";
import type { LayoutMemo } from "../memo/memo.js";

export type World = {
  readonly canonical: Canonical;
  readonly layout: Layout;
  /** Where modules that handlers are written against find what they take from the runtime. */
  readonly serverEntry: "server" | "testing";
  /** What is kept from plan to plan; null where nothing is. */
  readonly memo: LayoutMemo | null;
  readonly forms: Readonly<Record<Side, Forms>>;
  /** In the contract's order. */
  readonly functions: readonly NamedFunction[];
  readonly contexts: readonly NamedContext[];
  /** By `context user`, and by `function user_profile` for what stands in one. */
  readonly contextOf: ReadonlyMap<string, NamedContext>;
  readonly views: readonly NamedView[];
  /** The name of a struct, enum or error payload, by its name in the contract. */
  readonly typeName: (name: string, side: Side, use: Use) => string;
  /** The name of the schema of a struct or enum. */
  readonly schemaName: (name: string, side: Side, use: Use) => string;
  /** By name, in the contract's order. */
  readonly errors: ReadonlyMap<string, DeclaredError>;
  /** Every name that a `types.ts` of either side declares. */
  readonly typeNames: ReadonlySet<string>;
};

export type NamedFunction = {
  readonly fn: Fn;
  readonly names: FunctionNames;
  readonly isBoxed: boolean;
  /** A struct is called after the function: its schema is that of the output. */
  readonly namesOutput: boolean;
};

export type NamedView = {
  readonly view: View;
  /** Of these a view has the handler, its type, its path, and the type of the input. */
  readonly names: FunctionNames;
};

/** A function or a view: what has a handler. */
export type Handled = { readonly node: Fn | View; readonly names: FunctionNames };

export type NamedContext = {
  readonly context: Context;
  readonly names: ContextNames;
  /** Without private ones: what a client sees. */
  readonly functions: readonly NamedFunction[];
};

/** What is kept from one world to the next, so that a member that is equal to its predecessor is the same. */
export type WorldMemo = {
  readonly outline: LatestOf<Type, string>;
  readonly formsAnew: Latest<World["forms"]>;
  readonly forms: Latest<World["forms"]>;
  readonly naming: Latest<Naming>;
  readonly functionsAnew: Latest<World["functions"]>;
  readonly functions: Latest<World["functions"]>;
  readonly handledNames: Latest<readonly string[]>;
  readonly function: LatestOf<Fn, NamedFunction>;
  readonly contexts: Latest<World["contexts"]>;
  readonly context: LatestOf<Context, NamedContext>;
  readonly contextOf: Latest<World["contextOf"]>;
  readonly views: Latest<World["views"]>;
  readonly errors: Latest<World["errors"]>;
};

export function createWorldMemo(): WorldMemo {
  return {
    outline: createLatestOf(),
    formsAnew: createLatest(),
    forms: createLatest(),
    naming: createLatest(),
    functionsAnew: createLatest(),
    functions: createLatest(),
    handledNames: createLatest(),
    function: createLatestOf(),
    contexts: createLatest(),
    context: createLatestOf(),
    contextOf: createLatest(),
    views: createLatest(),
    errors: createLatest(),
  };
}

/** `kept`: of earlier worlds; a new one where nothing is kept. */
export function toWorld(
  canonical: Canonical,
  layout: Layout,
  kept: WorldMemo,
  memo: LayoutMemo | null,
): World {
  const { types, enums, errors } = canonical;
  const forms = toAllForms(canonical, kept);
  const functions = toNamedFunctions(canonical, kept);
  const views = kept.views([canonical.views], () =>
    canonical.views.map((view) => ({ view, names: toFunctionNames(view.name, view.camel) })),
  );
  const naming = kept.naming(
    [
      forms,
      ...types.flatMap(({ name, outputOf }) => [name, outputOf === null]),
      ...[enums, errors].flatMap((nodes) => ["", ...nodes.map(({ name }) => name)]),
      ...kept.handledNames([canonical.functions, canonical.views], () =>
        [canonical.functions, canonical.views].flatMap((nodes) => [
          "",
          ...nodes.flatMap(({ name, camel }) => [name, camel]),
        ]),
      ),
    ],
    () => toNaming(canonical, forms, functions, views),
  );
  const contexts = toNamedContexts(canonical, functions, kept);
  return {
    canonical,
    layout,
    serverEntry: "server",
    memo,
    forms,
    functions,
    contexts,
    contextOf: kept.contextOf([contexts], () => toContextOf(contexts)),
    views,
    ...naming,
    errors: kept.errors([errors], () => new Map(errors.map((error) => [error.name, error]))),
  };
}

function toNamedFunctions(
  { functions, types }: Canonical,
  kept: WorldMemo,
): readonly NamedFunction[] {
  const outputs = types.map(({ outputOf }) => outputOf);
  return kept.functionsAnew([functions, ...outputs], () => {
    const namingOutput = new Set(outputs);
    const named = functions.map((fn) => {
      const namesOutput = namingOutput.has(fn.name);
      return kept.function(fn, [namesOutput], () => ({
        fn,
        names: toFunctionNames(fn.name, fn.camel),
        isBoxed: isBoxed(fn.output),
        namesOutput,
      }));
    });
    return kept.functions(named, () => named);
  });
}

/**
 * Worked out anew only where something changed that they follow from, which of a struct are the shapes of its
 * fields; and the sets are those of before unless what they hold has changed.
 */
function toAllForms(canonical: Canonical, kept: WorldMemo): World["forms"] {
  const { types, enums, errors, functions, views } = canonical;
  const outlines = types.map((type) => kept.outline(type, [], () => toOutline(type)));
  return kept.formsAnew([enums, errors, functions, views, ...outlines], () => {
    const client = toForms(canonical, "client");
    const server = toForms(canonical, "server");
    const sets = [client, server].flatMap(({ printed, split, inputOnly, twofold }) => [
      printed,
      split,
      inputOnly,
      twofold,
    ]);
    const facts = sets.flatMap((set) => [set.size, ...set]);
    return kept.forms(facts, () => ({ client, server }));
  });
}

function toOutline({ name, fields }: Type): string {
  return JSON.stringify([
    name,
    ...fields.map(({ shape, omittable, default: value }) => [shape, omittable, value]),
  ]);
}

function toNamedContexts(
  canonical: Canonical,
  functions: readonly NamedFunction[],
  kept: WorldMemo,
): readonly NamedContext[] {
  return kept.contexts([canonical.contexts, functions], () => {
    const byName = new Map(functions.map((named) => [named.fn.name, named]));
    return canonical.contexts.map((context) => {
      const visible = context.functions.flatMap((name) => {
        const named = byName.get(name);
        return named === undefined || named.fn.private ? [] : [named];
      });
      return kept.context(context, visible, () => ({
        context,
        names: toContextNames(context.name),
        functions: visible,
      }));
    });
  });
}

function toContextOf(contexts: readonly NamedContext[]): World["contextOf"] {
  return new Map(
    contexts.flatMap((named) => [
      [`context ${named.context.name}`, named],
      ...named.context.functions.map((name) => [`function ${name}`, named] as const),
    ]),
  );
}

type Naming = Pick<World, "schemaName" | "typeName" | "typeNames">;

function toNaming(
  { types, enums, errors }: Canonical,
  forms: World["forms"],
  functions: readonly NamedFunction[],
  views: readonly NamedView[],
): Naming {
  const own = new Map<string, string>([
    ...enums.map(({ name }) => [name, toTypeName(name)] as const),
    ...types.map(
      ({ name, outputOf }) =>
        [name, outputOf === null ? toTypeName(name) : toPascal(name)] as const,
    ),
  ]);
  const nameOf = (name: string, use: Use, twoNames: ReadonlySet<string>): string => {
    const base = own.get(name) ?? toTypeName(name);
    return use === "in" && twoNames.has(name) ? `${base}In` : base;
  };
  const typeName: Naming["typeName"] = (name, side, use) => nameOf(name, use, forms[side].split);
  return {
    typeName,
    schemaName: (name, side, use) => toSchemaName(nameOf(name, use, forms[side].twofold)),
    typeNames: new Set([
      ...own.values(),
      ...[...own.keys()].flatMap((name) => [
        typeName(name, "client", "in"),
        typeName(name, "server", "in"),
      ]),
      ...errors.map(({ name }) => toErrorTypeName(name)),
      ...functions.flatMap(({ names }) => [names.inputType, names.errorType]),
      ...views.map(({ names }) => names.inputType),
    ]),
  };
}

/** The name of a function's input on one side; null when it takes none. */
export function inputTypeName(
  { fn, names }: NamedFunction,
  typeName: World["typeName"],
  side: Side,
): string | null {
  if (fn.inputType !== null) return typeName(fn.inputType, side, "in");
  return fn.input.length === 0 ? null : names.inputType;
}

/** The same for a view, whose input is always its own. */
export function viewInputName({ view, names }: NamedView): string | null {
  return view.input.length === 0 ? null : names.inputType;
}

/** Functions, then views, each in the contract's order. */
export function handledNodes(world: World): readonly Handled[] {
  return [
    ...world.functions.map(({ fn, names }) => ({ node: fn, names })),
    ...world.views.map(({ view, names }) => ({ node: view, names })),
  ];
}

/** The functions that a client may call. */
export function publicFunctions(world: World): readonly NamedFunction[] {
  return world.functions.filter(({ fn }) => !fn.private);
}
