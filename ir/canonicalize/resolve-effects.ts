/**
 * What each `affects` and `merge` means: which params it names and where they come from (language.md,
 * "Effects"). Merges are in `resolve-merges.ts`.
 */
import { takesFile } from "../shapes.js";
import { report } from "../diagnostics/catalogue.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { Names, type DerivedBy, type Ledger } from "../ledger.js";
import {
  candidatesFor,
  createSlots,
  type Candidate,
  type Question,
  type Slot,
  type Slots,
} from "./merge-slots.js";
import { findContext, type Naming } from "./find-context.js";
import type { Draft, Signature } from "./resolve-functions.js";
import { resolveMerge } from "./resolve-merges.js";
import { checkFit, resolveSource, type Scope } from "./sources.js";
import type { FieldsOf } from "./structure.js";
import { didYouMean, listed, type Suggest } from "./suggest.js";
import type { Out, Symbols } from "./symbols.js";

export type EffectResolver = {
  resolve(draft: Draft): Pick<canonical.Fn, "affects" | "merges">;
  resolveView(
    view: contract.View,
    input: readonly canonical.Field[],
  ): Pick<canonical.View, "context" | "affects">;
};

/** What effects refer to. */
export type World = {
  readonly symbols: Symbols;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly contexts: readonly canonical.Context[];
  readonly contextOf: ReadonlyMap<string, string>;
  readonly structs: ReadonlyMap<string, canonical.Type>;
};

/** The world, indexed, as resolving one effect needs it. */
export type Lookup = {
  readonly out: Out;
  readonly fieldsOf: FieldsOf;
  /** The context of a name; null, reported, where there is none. `node` is where the name stands. */
  context(name: contract.Name, node: Naming): canonical.Context | null;
  readonly suggest: Suggest;
  /** Whether part of a context is unknown, so that nothing should be said to be missing in it. */
  isUnclear(context: canonical.Context): boolean;
  /** The slots of a context: its public functions. */
  slots(context: canonical.Context): Slots;
  /** The slots of a context that could take a value of this shape. */
  holding(context: canonical.Context, output: canonical.Shape): readonly Candidate[];
  /** `words`: what else may stand there, and may have been meant by a name that is no param. */
  params(
    params: readonly contract.EffectParam[],
    context: canonical.Context,
    scope: Scope,
    words?: readonly string[],
  ): Scoping;
};

/** Which params an effect names. */
export type Scoping = {
  readonly scope: "explicit" | "by-name";
  readonly params: readonly canonical.EffectParam[];
};

const noEffects: Effects = { affects: [], merges: [] };

export type Effects = Pick<canonical.Fn, "affects" | "merges">;

export type EffectMemory = {
  readonly signatures: Names<Signature>;
  readonly contexts: Names<canonical.Context>;
  /** The context of each function that is in one. */
  readonly contextOf: Names<string>;
  readonly structs: Names<canonical.Type>;
  readonly slots: DerivedBy<canonical.Context, Slots>;
  readonly candidates: DerivedBy<Question, readonly Candidate[]>;
  readonly effects: DerivedBy<contract.Fn, Effects>;
};

export function createEffectMemory(): EffectMemory {
  return {
    signatures: new Names(),
    contexts: new Names(),
    contextOf: new Names(),
    structs: new Names(),
    slots: new WeakMap(),
    candidates: new WeakMap(),
    effects: new WeakMap(),
  };
}

export function createEffectResolver(
  world: World,
  out: Out,
  memory: EffectMemory,
  ledger: Ledger,
): EffectResolver {
  memory.signatures.set(new Map(Array.from(world.drafts, ([name, { fn }]) => [name, fn])));
  memory.contexts.set(new Map(world.contexts.map((context) => [context.name, context])));
  memory.contextOf.set(world.contextOf);
  memory.structs.set(world.structs);
  const lookup = createLookup(world, out, memory, ledger);

  function resolveAffect(affect: contract.Affect, scope: Scope): canonical.Affect | null {
    switch (affect.kind) {
      case "everything":
        return { kind: "everything", span: affect.span };
      case "function":
        return resolveFunctionAffect(affect);
      case "context":
        return resolveContextAffect(affect, scope);
    }
  }

  function resolveFunctionAffect(
    affect: contract.Affect & { kind: "function" },
  ): canonical.Affect | null {
    const { text: name, span } = affect.function;
    if (memory.contextOf.read(name, ledger) !== undefined) {
      return { kind: "function", function: name, span: affect.span };
    }
    if (!world.symbols.functions.has(name)) {
      if (world.symbols.whole) {
        const help = didYouMean(world.symbols.suggest(name, world.contextOf.keys()));
        out.push(report("MZ2002", { span, text: "unknown function" }, { name }, { help }));
      }
      return null;
    }
    if (!world.symbols.whole) return null;
    const help = "effects reach the functions of contexts";
    out.push(report("MZ5012", { span, text: "in no context" }, { name }, { help }));
    return null;
  }

  function resolveContextAffect(
    affect: contract.Affect & { kind: "context" },
    scope: Scope,
  ): canonical.Affect | null {
    const context = lookup.context(affect.context, "affects");
    if (context === null) return null;
    const shared = { kind: "context", context: context.name, span: affect.span } as const;
    if (affect.all) return { ...shared, scope: "all", params: [] };
    return { ...shared, ...lookup.params(affect.params, context, scope) };
  }

  return {
    resolve({ fn, source, inputLost }) {
      if (source.affects.length + source.merges.length === 0) return noEffects;
      return ledger.derive(memory.effects, source, () => {
        memory.signatures.read(fn.name, ledger);
        if (inputLost) ledger.forget();
        const scope: Scope = { name: fn.name, input: fn.input, inputLost, output: fn.output };
        const isRead = memory.contextOf.read(fn.name, ledger) !== undefined;
        return {
          affects: source.affects.flatMap((affect) => resolveAffect(affect, scope) ?? []),
          merges: source.merges.flatMap(
            (merge) => resolveMerge(merge, source, scope, lookup, isRead) ?? [],
          ),
        };
      });
    },
    resolveView(view, input) {
      const { inputLost } = view;
      const scope: Scope = { name: view.name.text, input, inputLost, output: null };
      const context = view.context === null ? null : lookup.context(view.context, "context");
      return {
        context: context?.name ?? null,
        affects: view.affects.flatMap((affect) => resolveAffect(affect, scope) ?? []),
      };
    },
  };
}

function createLookup(world: World, out: Out, memory: EffectMemory, ledger: Ledger): Lookup {
  const fieldsOf: FieldsOf = (type) => memory.structs.read(type, ledger)?.fields ?? null;
  const unclear = new Map<string, boolean>();
  const paramsByContext = new Map<string, ReadonlyMap<string, canonical.ContextParam>>();

  function isUnclear(of: canonical.Context): boolean {
    ledger.forget();
    const known = unclear.get(of.name);
    if (known !== undefined) return known;
    const { functions } = world.symbols;
    const parts = world.symbols.contexts.get(of.name)?.parts ?? [];
    const result =
      !world.symbols.whole ||
      // A canonical document lists private functions which it does not have.
      parts.some(({ members }) =>
        members.some(({ name, form }) => form === "short" && !functions.has(name.text)),
      ) ||
      of.functions.some((name) => {
        const draft = world.drafts.get(name);
        return draft !== undefined && isPartlyUnknown(draft);
      });
    unclear.set(of.name, result);
    return result;
  }

  function slots(of: canonical.Context): Slots {
    return ledger.derive(memory.slots, of, () => {
      const found = of.functions.flatMap((name): readonly Slot[] => {
        const fn = memory.signatures.read(name, ledger);
        if (fn === undefined || fn.private) return [];
        return [fn];
      });
      return createSlots(found, fieldsOf);
    });
  }

  function holding(of: canonical.Context, output: canonical.Shape): readonly Candidate[] {
    const question = slots(of).ask(output);
    return ledger.derive(memory.candidates, question, () => candidatesFor(question, fieldsOf));
  }

  function params(
    written: readonly contract.EffectParam[],
    of: canonical.Context,
    scope: Scope,
    words: readonly string[] = [],
  ): Scoping {
    if (written.length === 0) return byName(of, scope);
    const known = paramsOf(of);
    const resolved = written.flatMap(({ name, source, span }) => {
      const param = known.get(name.text);
      if (param === undefined) {
        if (isUnclear(of)) return [];
        const names = of.params.map((one) => one.name);
        const meant = world.symbols.suggest(name.text, [...names, ...words]);
        const help = didYouMean(meant) ?? `it has ${listed(names) ?? "none"}`;
        const label = { span: name.span, text: "unknown param" };
        out.push(report("MZ5008", label, { context: of.name, param: name.text }, { help }));
        return [];
      }
      const shape = resolveSource(source, span, scope, fieldsOf, world.symbols.suggest, out);
      if (shape === null) return [];
      checkFit(shape, param, source, span, scope, out);
      return [{ param: name.text, source, span }];
    });
    return { scope: "explicit", params: resolved };
  }

  function paramsOf(of: canonical.Context): ReadonlyMap<string, canonical.ContextParam> {
    const known = paramsByContext.get(of.name);
    if (known !== undefined) return known;
    const made = new Map(of.params.map((param) => [param.name, param]));
    paramsByContext.set(of.name, made);
    return made;
  }

  return {
    out,
    fieldsOf,
    suggest: world.symbols.suggest,
    context: (name, node) => findContext(name, node, world, out, memory, ledger),
    isUnclear,
    slots,
    holding,
    params,
  };
}

function isPartlyUnknown({ inputLost, source, fn }: Draft): boolean {
  const pagesLost = source.paginate !== null && fn.paginate === null;
  return inputLost || pagesLost || fn.output?.kind === "error";
}

/** Every param that the context requires and the input has under the same name. */
function byName(context: canonical.Context, scope: Scope): Scoping {
  const inputs = new Map(scope.input.map((field) => [field.name, field]));
  const params = context.params.flatMap((param) => {
    const field = inputs.get(param.name);
    // A file of that name is no value to compare.
    if (!param.required || field === undefined || takesFile(field.shape)) return [];
    const source = { from: "input", path: [param.name] } as const;
    return [{ param: param.name, source, span: field.place.name }];
  });
  return { scope: "by-name", params };
}
