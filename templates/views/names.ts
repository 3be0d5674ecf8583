/**
 * What the views need to know of the contract as a whole: how each type is called on each side, which
 * functions a client may see. Made once per plan; every view reads it, none changes it.
 */
import { toForms, type Forms, type Side, type Use } from "../../ir/forms.js";
import { isBoxed } from "../../ir/shapes.js";
import type { Canonical, Context, DeclaredError, Fn, View } from "../../ir/model/canonical.js";
import {
  toContextNames,
  toErrorTypeName,
  toFunctionNames,
  toPascal,
  toTypeName,
  type ContextNames,
  type FunctionNames,
} from "../../ir/naming.js";
import type { Layout } from "../layout/layout.js";
import type { LayoutMemo } from "../memo/memo.js";

export type World = {
  readonly canonical: Canonical;
  readonly layout: Layout;
  /** What is kept from plan to plan; null where nothing is. */
  readonly memo: LayoutMemo | null;
  readonly forms: Readonly<Record<Side, Forms>>;
  /** In the contract's order. */
  readonly functions: readonly NamedFunction[];
  readonly contexts: readonly NamedContext[];
  readonly views: readonly NamedView[];
  /** The name of a struct, enum or error payload, by its name in the contract. */
  readonly typeName: (name: string, side: Side, use: Use) => string;
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

export function toWorld(canonical: Canonical, layout: Layout, memo: LayoutMemo | null): World {
  const forms = { client: toForms(canonical, "client"), server: toForms(canonical, "server") };
  const own = new Map<string, string>([
    ...canonical.enums.map(({ name }) => [name, toTypeName(name)] as const),
    ...canonical.types.map(
      ({ name, outputOf }) =>
        [name, outputOf === null ? toTypeName(name) : toPascal(name)] as const,
    ),
  ]);
  const namingOutput = new Set(canonical.types.map(({ outputOf }) => outputOf));
  const functions = canonical.functions.map((fn) => ({
    fn,
    names: toFunctionNames(fn.name, fn.camel),
    isBoxed: isBoxed(fn.output),
    namesOutput: namingOutput.has(fn.name),
  }));
  const views = canonical.views.map((view) => ({
    view,
    names: toFunctionNames(view.name, view.camel),
  }));
  const byName = new Map(functions.map((named) => [named.fn.name, named]));
  const typeName = (name: string, side: Side, use: Use): string => {
    const base = own.get(name) ?? toTypeName(name);
    return use === "in" && forms[side].split.has(name) ? `${base}In` : base;
  };
  return {
    canonical,
    layout,
    memo,
    forms,
    functions,
    contexts: canonical.contexts.map((context) => ({
      context,
      names: toContextNames(context.name),
      functions: context.functions.flatMap((name) => {
        const named = byName.get(name);
        return named === undefined || named.fn.private ? [] : [named];
      }),
    })),
    views,
    typeName,
    errors: new Map(canonical.errors.map((error) => [error.name, error])),
    typeNames: new Set([
      ...own.values(),
      ...[...own.keys()].flatMap((name) => [
        typeName(name, "client", "in"),
        typeName(name, "server", "in"),
      ]),
      ...canonical.errors.map(({ name }) => toErrorTypeName(name)),
      ...functions.flatMap(({ names }) => [names.inputType, names.errorType]),
      ...views.map(({ names }) => names.inputType),
    ]),
  };
}

/** The uses for which a struct is printed: both where it is split. */
export function usesOf(name: string, { split, inputOnly }: Forms): readonly Use[] {
  if (split.has(name)) return ["out", "in"];
  return inputOnly.has(name) ? ["in"] : ["out"];
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
