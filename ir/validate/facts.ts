/**
 * What the rules look things up in. Made once per run; a rule gets nothing else.
 *
 * Words: a function's *reads* are the functions of a context that a client may see, so the public ones.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/source.js";
import { identifierClaims, pathClaims, type Claim } from "./claims.js";

/** One sentence of the language: says nothing when the sentence holds. */
export type Rule = (facts: Facts) => readonly Diagnostic[];

export type Facts = {
  readonly canonical: canonical.Canonical;
  readonly contract: contract.Contract;
  readonly types: ReadonlyMap<string, canonical.Type>;
  readonly enums: ReadonlyMap<string, canonical.Enum>;
  readonly functions: ReadonlyMap<string, canonical.Fn>;
  readonly contexts: ReadonlyMap<string, canonical.Context>;
  /** Every field that the contract declares, each once, however many functions share its struct. */
  readonly fields: readonly canonical.Field[];
  /** What names take for themselves in generated code, and on disk. */
  readonly identifiers: readonly Claim[];
  readonly paths: readonly Claim[];
  /** A field as its author wrote it, for the places of its parts. */
  readonly written: (field: canonical.Field) => contract.Field | null;
  /** Whether nothing was wrong so far: then what seems to be missing is missing. */
  readonly sound: boolean;
  /** Whether something was wrong inside a node: then what it seems to lack may have been lost there. */
  readonly isFaulty: (node: Span) => boolean;
  /** The public functions of a context, by wire name. */
  readonly reads: (context: canonical.Context) => readonly canonical.Fn[];
};

/** `found` is what earlier stages had to say. */
export function toFacts(
  canonical: canonical.Canonical,
  contract: contract.Contract,
  found: readonly Diagnostic[],
): Facts {
  const faults = found.flatMap((diagnostic) =>
    diagnostic.severity === "error" && diagnostic.primary !== null ? [diagnostic.primary.span] : [],
  );
  const functions = byName(canonical.functions);
  // Only faults ask for it, so most runs do without.
  let written: ReadonlyMap<number, contract.Field> | null = null;
  return {
    canonical,
    contract,
    types: byName(canonical.types),
    enums: byName(canonical.enums),
    functions,
    contexts: byName(canonical.contexts),
    fields: eachOnce(fieldsOfCanonical(canonical)),
    identifiers: identifierClaims(canonical),
    paths: pathClaims(canonical),
    written: (field) => {
      written ??= new Map(fieldsOfContract(contract).map((one) => [spanKey(one.name.span), one]));
      return written.get(spanKey(field.place.name)) ?? null;
    },
    sound: !found.some((diagnostic) => diagnostic.severity === "error"),
    isFaulty: (node) =>
      faults.some(
        (span) => span.file === node.file && span.start >= node.start && span.end <= node.end,
      ),
    reads: (context) =>
      context.functions.flatMap((name) => {
        const fn = functions.get(name);
        return fn === undefined || fn.private ? [] : [fn];
      }),
  };
}

/** The same number for the same place: nothing else begins where a name or a value does. */
export function spanKey(span: Span): number {
  return span.file * 2 ** 32 + span.start;
}

/** Negative when `a` is written before `b`. */
export function compareSpans(a: Span, b: Span): number {
  return a.file - b.file || a.start - b.start || a.end - b.end;
}

function byName<T extends { readonly name: string }>(nodes: readonly T[]): Map<string, T> {
  return new Map(nodes.map((node) => [node.name, node]));
}

/** Functions that share a struct as their input share its fields. */
function eachOnce(fields: readonly canonical.Field[]): readonly canonical.Field[] {
  const seen = new Set<number>();
  return fields.filter((field) => {
    const key = spanKey(field.place.name);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function fieldsOfCanonical(from: canonical.Canonical): readonly canonical.Field[] {
  return [
    ...from.types.flatMap((type) => type.fields),
    ...from.errors.flatMap((error) => error.fields),
    ...from.functions.flatMap((fn) => fn.input),
    ...from.views.flatMap((view) => view.input),
    ...from.channels.flatMap((channel) => [
      ...(channel.params ?? []),
      ...(channel.clientMessage ?? []),
      ...(channel.serverMessage ?? []),
    ]),
  ];
}

/** Every field that stands in the contract, in written order of its kind of node. */
export function fieldsOfContract(from: contract.Contract): readonly contract.Field[] {
  return [
    ...from.types.flatMap((type) => (type.kind === "struct" ? type.fields : [])),
    ...from.errors.flatMap((error) => error.fields),
    ...from.functions.flatMap((fn) => fn.input),
    ...from.views.flatMap((view) => view.input),
    ...from.channels.flatMap((channel) =>
      [channel.params, channel.client, channel.server].flatMap((message) => message?.fields ?? []),
    ),
  ];
}
