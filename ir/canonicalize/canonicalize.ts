/**
 * Contract to canonical: the one normal form, in which nothing is text to be looked up any more.
 *
 * Does: resolve names, write aliases out, hand the defaults of a context down to its functions, work out
 * what each effect means, and put everything in its order. Does not: judge what resolves soundly (that is
 * `validate`), or print.
 *
 * Invariants: never throws; canonicalizing what was printed gives the same again; the order of files and
 * declarations does not matter, but for which of two declarations of one name counts.
 *
 * Words: the *derived* types of a canonical document (`userProfileInput`) spell out what a function says
 * about itself, and are no types of their own.
 */
import type { Outcome } from "../diagnostics/diagnostic.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { recall } from "../recall.js";
import { isEqual } from "./equal.js";
import { Ledger } from "../ledger.js";
import {
  createCanonicalMemory,
  withKnownNodes,
  type Assembled,
  type CanonicalMemory,
} from "./memory.js";
import { createEffectResolver } from "./resolve-effects.js";
import { resolveContexts } from "./resolve-contexts.js";
import { resolveErrors } from "./resolve-errors.js";
import { resolveFunctions, type Resolved, type Signature } from "./resolve-functions.js";
import { resolveViews } from "./resolve-views.js";
import { createTypeResolver, type TypeResolver } from "./resolve-types.js";
import { collectSymbols, type Out, type Symbols } from "./symbols.js";

/** Canonicalizes a contract. With the memory of an earlier run, equal nodes are the same objects. */
export function canonicalize(
  input: contract.Contract,
  memory: CanonicalMemory = createCanonicalMemory(),
): Outcome<canonical.Canonical> {
  const out: Out = [];
  const ledger = new Ledger(++memory.runs, out, input.whole);
  const symbols = collectSymbols(input, out, memory.types, ledger);
  const types = createTypeResolver(symbols, out, memory.fields, ledger);
  const errors = resolveErrors(symbols, types, memory.errors);
  const resolved = resolveFunctions(symbols, types, out, memory.functions, ledger);
  const { contexts, contextOf } = resolveContexts(symbols, resolved.drafts, out, memory.contexts);
  const structs = resolveStructs(symbols, types, resolved, memory);
  const effects = createEffectResolver(
    { symbols, drafts: resolved.drafts, contexts, contextOf, structs: structs.all },
    out,
    memory.effects,
    ledger,
  );
  const guards = new Map(contexts.map(({ name, auth }) => [name, auth]));
  const functions = Array.from(resolved.drafts.values(), (draft): canonical.Fn => {
    const { fn, source } = draft;
    const context = contextOf.get(fn.name) ?? null;
    const auth = source.auth ?? (context === null ? null : (guards.get(context) ?? null));
    return assemble(fn, { context, auth, effects: effects.resolve(draft) }, memory.assembled);
  });
  const views = resolveViews(symbols, types, effects.resolveView, out);
  const fresh: canonical.Canonical = {
    types: structs.own,
    enums: resolveEnums(symbols, memory),
    errors,
    functions,
    contexts,
    views,
    channels: resolved.channels,
  };
  memory.last = withKnownNodes(fresh, memory.last);
  return { value: memory.last, diagnostics: out };
}

/** A function of its parts: the same object as long as they are the same. */
function assemble(
  signature: Signature,
  { context, auth, effects }: Omit<Assembled, "fn">,
  known: WeakMap<Signature, Assembled>,
): canonical.Fn {
  const before = known.get(signature);
  const isSame = before?.context === context && isEqual(before.auth, auth);
  if (isSame && before.effects === effects) return before.fn;
  const { affects, merges } = effects;
  // Effects that were worked out anew may still be the same.
  const fn: canonical.Fn =
    isSame && isEqual(before.effects, effects)
      ? before.fn
      : { ...signature, context, auth, affects, merges };
  known.set(signature, { fn, context, auth, effects });
  return fn;
}

function resolveStructs(
  symbols: Symbols,
  types: TypeResolver,
  { outputs, derived }: Resolved,
  { structs, typeOrder }: CanonicalMemory,
): { readonly all: ReadonlyMap<string, canonical.Type>; readonly own: readonly canonical.Type[] } {
  const all = new Map<string, canonical.Type>();
  for (const [name, symbol] of symbols.types) {
    // A struct under a derived name is the one that its author named.
    if (symbol.kind !== "struct" || (symbol.given !== null && symbol.given.text !== name)) continue;
    const fields = types.resolveFields(symbol.fields);
    const outputOf = outputs.get(name) ?? null;
    const known = structs.get(symbol.name);
    if (known?.fields === fields && known.outputOf === outputOf) {
      all.set(name, known);
      continue;
    }
    const place = { name: symbol.name.span, node: symbol.node };
    const type = { name, fields, outputOf, doc: symbol.doc, place };
    structs.set(symbol.name, type);
    all.set(name, type);
  }
  const own = typeOrder(all).filter(({ name }) => !derived.has(name));
  return { all, own };
}

function resolveEnums(
  symbols: Symbols,
  { enums, enumOrder }: CanonicalMemory,
): readonly canonical.Enum[] {
  const found = new Map<string, canonical.Enum>();
  for (const symbol of symbols.types.values()) {
    if (symbol.kind === "enum") found.set(symbol.name.text, recall(enums, symbol.node, toEnum));
  }
  return enumOrder(found);
}

function toEnum({ name, values, doc, node }: contract.Enum): canonical.Enum {
  return { name: name.text, values, doc, place: { name: name.span, node } };
}
