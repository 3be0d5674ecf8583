/**
 * The names of a contract: what each one declares, and which are declared twice.
 *
 * Types, enums and errors share one name space; functions, contexts, channels and views have one each.
 * Of two declarations the first counts, so that what refers to the name is still resolved.
 */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type * as contract from "../model/contract.js";
import { toPascal } from "../naming.js";
import { sortByText } from "../source/code-points.js";
import type { Ledger, Names } from "../ledger.js";
import { createSuggest, type Suggest } from "./suggest.js";

export type Out = Diagnostic[];

export type TypeSymbol =
  | contract.Struct
  | contract.Alias
  | { readonly kind: "enum"; readonly name: contract.Name; readonly node: contract.Enum }
  | { readonly kind: "error"; readonly name: contract.Name; readonly node: contract.DeclaredError };

/** The nodes of one context, which may stand in several files. */
export type ContextSymbol = {
  readonly name: contract.Name;
  readonly parts: readonly contract.Context[];
};

export type Symbols = {
  readonly types: ReadonlyMap<string, TypeSymbol>;
  readonly functions: ReadonlyMap<string, contract.Fn>;
  readonly contexts: ReadonlyMap<string, ContextSymbol>;
  readonly channels: ReadonlyMap<string, contract.Channel>;
  readonly views: ReadonlyMap<string, contract.View>;
  readonly suggest: Suggest;
  /** The type, enum or error of a name. Whoever asks depends on the answer. */
  find(name: string): TypeSymbol | undefined;
  /**
   * The type whose name in PascalCase would be this one, though it was written otherwise, which is reported. In
   * the canonical form a name is right as it is, and no other.
   */
  recased(name: string): TypeSymbol | undefined;
  /** What the names were collected from. */
  readonly contract: contract.Contract;
  /** Whether an unknown name may be reported: not when part of a file could not be read. */
  readonly whole: boolean;
};

export function collectSymbols(
  input: contract.Contract,
  out: Out,
  names: Names<TypeSymbol>,
  ledger: Ledger,
): Symbols {
  const types = collectTypes(input, out);
  names.set(types, isSameSymbol);
  let byPascal: ReadonlyMap<string, TypeSymbol> | null = null;
  return {
    types,
    functions: collect("function", input.functions, out),
    contexts: collectContexts(input),
    channels: collect("channel", input.channels, out),
    views: collect("view", input.views, out),
    suggest: createSuggest(),
    find: (name) => names.read(name, ledger),
    recased(name) {
      ledger.forget();
      byPascal ??= new Map(
        Array.from(types, ([written, symbol]): [string, TypeSymbol] => [
          toPascal(written),
          symbol,
        ]).filter(([, symbol]) => !isCanonical(symbol)),
      );
      return byPascal.get(name);
    },
    contract: input,
    whole: input.whole,
  };
}

function isCanonical(symbol: TypeSymbol): boolean {
  return (symbol.kind === "struct" || symbol.kind === "alias") && symbol.form === "canonical";
}

/** Whether two symbols were made of the same declaration. */
function isSameSymbol(before: TypeSymbol, now: TypeSymbol): boolean {
  switch (before.kind) {
    case "enum":
    case "error":
      return now.kind === before.kind && now.node === before.node;
    case "alias":
      return now === before;
    case "struct":
      return now.kind === before.kind && now.fields === before.fields && now.given === before.given;
    default:
      return assertNever(before);
  }
}

function collectTypes(input: contract.Contract, out: Out): ReadonlyMap<string, TypeSymbol> {
  const types = collect(
    "name",
    [
      ...input.types,
      ...input.enums.map((node): TypeSymbol => ({ kind: "enum", name: node.name, node })),
      ...input.errors.map((node): TypeSymbol => ({ kind: "error", name: node.name, node })),
    ],
    out,
  );
  // The full form writes a struct once for each name that it is printed under.
  const all = new Map(types);
  for (const type of input.types) {
    if (type.kind !== "struct" || type.given === null) continue;
    if (!all.has(type.given.text)) all.set(type.given.text, { ...type, name: type.given });
  }
  return all;
}

function collect<T extends { readonly name: contract.Name }>(
  kind: string,
  items: readonly T[],
  out: Out,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const earlier = found.get(item.name.text);
    if (earlier === undefined) {
      found.set(item.name.text, item);
      continue;
    }
    out.push(
      report(
        "MZ2004",
        { span: item.name.span, text: "again here" },
        { kind, name: item.name.text },
        {
          related: [{ span: earlier.name.span, text: "first here" }],
          help: "rename one of the two, or leave it out",
        },
      ),
    );
  }
  return found;
}

function collectContexts(input: contract.Contract): ReadonlyMap<string, ContextSymbol> {
  const found = new Map<string, { name: contract.Name; parts: contract.Context[] }>();
  for (const context of input.contexts) {
    const { name } = context;
    const earlier = found.get(name.text);
    if (earlier === undefined) found.set(name.text, { name, parts: [context] });
    else earlier.parts.push(context);
  }
  // A context that only functions name needs no node of its own.
  const alone = input.functions.filter(({ context }) => context && !found.has(context.text));
  for (const fn of sortByText(alone, ({ name }) => name.text)) {
    if (fn.context === null || found.has(fn.context.text)) continue;
    found.set(fn.context.text, { name: fn.context, parts: [] });
  }
  return found;
}
