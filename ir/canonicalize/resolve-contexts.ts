/**
 * Contexts: the parts that stand in several nodes and files become one, functions find their context, and
 * what the functions of a context have in common becomes its params.
 */
import { report } from "../diagnostics/catalogue.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Span } from "../source/source.js";
import { compareCodePoints, sortByText } from "../source/code-points.js";
import { addTo } from "../lists.js";
import { isEqual, isSameList } from "./equal.js";
import { createOrder, type Order } from "./order.js";
import { cacheOff, toCache, type Draft, type Signature } from "./resolve-functions.js";
import { paramType } from "./shapes.js";
import { hasKind } from "../shapes.js";
import { didYouMean } from "./suggest.js";
import type { ContextSymbol, Out, Symbols } from "./symbols.js";

export type ResolvedContexts = {
  readonly contexts: readonly canonical.Context[];
  /** The context of each function that is in one. */
  readonly contextOf: ReadonlyMap<string, string>;
};

export type ContextMemory = {
  readonly order: Order;
  /** Of the last run, by name: a context has no node of its own. */
  last: ReadonlyMap<string, Resolved>;
};

/** A context of which nothing was reported, and all that it was made of. */
type Resolved = {
  readonly context: canonical.Context;
  readonly name: contract.Name;
  readonly parts: readonly contract.Context[];
  readonly functions: readonly Signature[];
};

export function createContextMemory(): ContextMemory {
  return { order: createOrder(), last: new Map() };
}

export function resolveContexts(
  symbols: Symbols,
  drafts: ReadonlyMap<string, Draft>,
  out: Out,
  memory: ContextMemory,
): ResolvedContexts {
  const membership = collectMembers(symbols, out);
  const contextOf = new Map<string, string>();
  const members = new Map<string, Signature[]>();
  // Drafts are in the order of names already.
  for (const [name, { fn }] of drafts) {
    const context = membership.get(name)?.context;
    if (context === undefined) continue;
    contextOf.set(name, context);
    addTo(members, context, fn);
  }
  const known = new Map<string, Resolved>();
  const contexts = memory.order(symbols.contexts).map((symbol) => {
    const { name, parts } = symbol;
    const functions = members.get(name.text) ?? [];
    const before = memory.last.get(name.text);
    if (before !== undefined && isMadeOf(before, symbol, functions)) {
      known.set(name.text, before);
      return before.context;
    }
    const reported = out.length;
    const fresh = resolveContext(symbol, functions, out);
    const context = before !== undefined && isEqual(before.context, fresh) ? before.context : fresh;
    if (out.length === reported) known.set(name.text, { context, name, parts, functions });
    return context;
  });
  memory.last = known;
  return { contexts, contextOf };
}

function isMadeOf(
  known: Resolved,
  { name, parts }: ContextSymbol,
  functions: readonly Signature[],
): boolean {
  return (
    isEqual(known.name, name) &&
    isSameList(known.parts, parts) &&
    isSameList(known.functions, functions)
  );
}

type Membership = { readonly context: string; readonly span: Span };

/** Which context each function is in: said by the context's block, by the function, or by both. */
function collectMembers(symbols: Symbols, out: Out): ReadonlyMap<string, Membership> {
  const found = new Map<string, Membership>();
  for (const { parts } of symbols.contexts.values()) {
    for (const part of parts) {
      for (const { name, form } of part.members) claim(name, form, part.name.text, name.span);
    }
  }
  for (const fn of symbols.functions.values()) {
    if (fn.context !== null) claim(fn.name, "short", fn.context.text, fn.context.span);
  }
  return found;

  function claim(name: contract.Name, form: contract.Form, context: string, span: Span): void {
    if (!symbols.functions.has(name.text)) {
      reportUnknown(name, form, context, symbols, out);
      return;
    }
    const earlier = found.get(name.text);
    if (earlier === undefined) found.set(name.text, { context, span });
    else if (earlier.context !== context) {
      out.push(
        report(
          "MZ2009",
          { span, text: `in \`${context}\` here` },
          { name: name.text },
          {
            related: [{ span: earlier.span, text: `in \`${earlier.context}\` here` }],
            help: "keep one of the two",
          },
        ),
      );
    }
  }
}

function reportUnknown(
  name: contract.Name,
  form: contract.Form,
  context: string,
  symbols: Symbols,
  out: Out,
): void {
  if (!symbols.whole) return;
  if (form === "canonical") {
    const label = { span: name.span, text: "left out" };
    const help = "the family lists private functions here, which have no node";
    out.push(report("MZ2008", label, { context, name: name.text }, { help }));
    return;
  }
  const help =
    didYouMean(symbols.suggest(name.text, symbols.functions.keys())) ??
    `define it, for example \`function ${name.text} -> string\``;
  out.push(
    report("MZ2002", { span: name.span, text: "unknown function" }, { name: name.text }, { help }),
  );
}

function resolveContext(
  symbol: ContextSymbol,
  functions: readonly Signature[],
  out: Out,
): canonical.Context {
  const shown = functions.filter((fn) => !fn.private);
  const { parts, name } = symbol;
  const auth = once(parts, "auth", (part) => part.auth, name.text, out);
  const cache = once(parts, "cache", (part) => part.cache, name.text, out);
  const docs = new Set(parts.flatMap(({ doc }) => doc ?? []));
  return {
    name: name.text,
    functions: functions.map(({ name: own }) => own),
    params: resolveParams(shown),
    auth,
    cache: cache === null ? null : lowerCache(toCache(cache), shown),
    live: parts.some(({ live }) => live),
    doc: docs.size === 0 ? null : [...docs].sort(compareCodePoints).join("\n\n"),
    place: { name: name.span, node: parts[0]?.node ?? name.span },
  };
}

/** An option that the nodes of a context may give once together. */
function once<T extends { readonly span: Span }>(
  parts: readonly contract.Context[],
  option: string,
  pick: (part: contract.Context) => T | null,
  context: string,
  out: Out,
): T | null {
  const [first, second] = parts.flatMap((part) => pick(part) ?? []);
  if (first !== undefined && second !== undefined) {
    out.push(
      report(
        "MZ1106",
        { span: second.span, text: "again here" },
        { node: option, where: `for the context \`${context}\`` },
        { related: [{ span: first.span, text: "first here" }], help: "keep one of the two" },
      ),
    );
  }
  return first ?? null;
}

/** What its functions leave of a context's cache: the smallest `ttl` counts, and `off` wins. */
function lowerCache(cache: canonical.Cache, functions: readonly Signature[]): canonical.Cache {
  return functions.reduce((lowered, fn) => {
    if (fn.cache === null || lowered.off) return lowered;
    if (fn.cache.off) return cacheOff(lowered.span);
    return { ...lowered, ttl: Math.min(lowered.ttl, fn.cache.ttl) };
  }, cache);
}

/** The params of a context: what its public functions take, by name. Files are none. */
function resolveParams(functions: readonly Signature[]): readonly canonical.ContextParam[] {
  const takers = new Map<string, { readonly fn: string; readonly field: canonical.Field }[]>();
  for (const fn of functions) {
    for (const field of fn.input) {
      if (hasKind(field.shape, "file")) continue;
      addTo(takers, field.name, { fn: fn.name, field });
    }
  }
  return sortByText(takers, ([name]) => name).flatMap(([name, uses]) => {
    const [first] = uses;
    if (first === undefined) return [];
    const needed = uses.some(({ field }) => !field.omittable);
    return {
      name,
      type: paramType(first.field.shape),
      shape: first.field.shape,
      required: uses.length === functions.length && uses.every(({ field }) => !field.omittable),
      needed,
      sharedBy: uses.map(({ fn }) => fn),
    };
  });
}
