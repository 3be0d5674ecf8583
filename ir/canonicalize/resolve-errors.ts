/** Declared errors, and the names under which functions and views declare that they fail. */
import { report } from "../diagnostics/catalogue.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { createOrder, type Order } from "./order.js";
import { toErrorCode, toErrorWords } from "./error-names.js";
import type { TypeResolver } from "./resolve-types.js";
import { didYouMean } from "./suggest.js";
import type { Out, Symbols } from "./symbols.js";

export type ErrorMemory = {
  readonly order: Order;
  readonly known: WeakMap<contract.DeclaredError, canonical.DeclaredError>;
};

export function createErrorMemory(): ErrorMemory {
  return { order: createOrder(), known: new WeakMap() };
}

/** Every declared error, with what follows from its name. */
export function resolveErrors(
  symbols: Symbols,
  types: TypeResolver,
  { known, order }: ErrorMemory,
): readonly canonical.DeclaredError[] {
  const found = new Map<string, canonical.DeclaredError>();
  for (const symbol of symbols.types.values()) {
    if (symbol.kind !== "error") continue;
    const fields = types.resolveFields(symbol.node.fields);
    const before = known.get(symbol.node);
    const error = before?.fields === fields ? before : toError(symbol.node, fields);
    known.set(symbol.node, error);
    found.set(error.name, error);
  }
  return order(found);
}

function toError(
  { name, status, message, doc, node }: contract.DeclaredError,
  fields: readonly canonical.Field[],
): canonical.DeclaredError {
  return {
    name: name.text,
    code: toErrorCode(name.text),
    status: status ?? 400,
    message: message ?? toErrorWords(name.text),
    fields,
    doc,
    place: { name: name.span, node },
  };
}

/** The names that are errors; of any other a place and, where one is near, what was meant is reported. */
export function errorNames(
  names: readonly contract.Name[],
  symbols: Symbols,
  out: Out,
): readonly string[] {
  if (names.length === 0) return none;
  return names.flatMap((name) => {
    const found = symbols.find(name.text);
    if (found?.kind === "error") return [name.text];
    if (symbols.whole) {
      const meant = found === undefined ? symbols.suggest(name.text, declared(symbols)) : null;
      const unknown = didYouMean(meant) ?? "declare it with `error`";
      const help = found === undefined ? unknown : "it is a type, not an error";
      const label = { span: name.span, text: "unknown error" };
      out.push(report("MZ2003", label, { name: name.text }, { help }));
    }
    return [];
  });
}

const none: readonly string[] = [];

function* declared(symbols: Symbols): Iterable<string> {
  for (const [name, symbol] of symbols.types) if (symbol.kind === "error") yield name;
}
