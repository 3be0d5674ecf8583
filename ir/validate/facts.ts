/**
 * What the rules look things up in. Made once per run; a rule gets nothing else.
 *
 * Words: a function's *reads* are the functions of a context that a client may see, so the public ones.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/source.js";
import { addTo } from "../lists.js";
import { claimsAtFault } from "./claim-table.js";
import type { Claims } from "./claims.js";
import { recall, type ValidationMemory } from "./memory.js";
import { hasKind } from "../shapes.js";

/** One sentence of the language: says nothing when the sentence holds. */
export type Rule = (facts: Facts) => readonly Diagnostic[];

export type Facts = {
  readonly canonical: canonical.Canonical;
  readonly contract: contract.Contract;
  readonly types: ReadonlyMap<string, canonical.Type>;
  readonly enums: ReadonlyMap<string, canonical.Enum>;
  readonly functions: ReadonlyMap<string, canonical.Fn>;
  readonly contexts: ReadonlyMap<string, canonical.Context>;
  /**
   * Every field that has a default, a union or a file, each once, however many functions share its struct.
   * Most fields have none, and no rule about single fields looks at them.
   */
  readonly fields: readonly canonical.Field[];
  /** What names claim; nothing where none of it can be at fault. */
  readonly claims: Claims;
  readonly memory: ValidationMemory;
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
  memory: ValidationMemory,
): Facts {
  const faults = found.flatMap((diagnostic) =>
    diagnostic.severity === "error" && diagnostic.primary !== null ? [diagnostic.primary.span] : [],
  );
  const functions = byName(canonical.functions);
  const claims = claimsAtFault(canonical, memory.claims);
  const reads = new Map<string, canonical.Fn[]>();
  for (const fn of canonical.functions) {
    if (fn.context !== null && !fn.private) addTo(reads, fn.context, fn);
  }
  // Only faults ask for it, so most runs do without.
  let written: ReadonlyMap<number, contract.Field> | null = null;
  return {
    canonical,
    contract,
    types: byName(canonical.types),
    enums: byName(canonical.enums),
    functions,
    contexts: byName(canonical.contexts),
    fields: remarkableFields(canonical, memory),
    claims,
    memory,
    written: (field) => {
      written ??= new Map(
        fieldListsOf(contract)
          .flat()
          .map((one) => [spanKey(one.name.span), one]),
      );
      return written.get(spanKey(field.place.name)) ?? null;
    },
    sound: !found.some((diagnostic) => diagnostic.severity === "error"),
    isFaulty: (node) =>
      faults.some(
        (span) => span.file === node.file && span.start >= node.start && span.end <= node.end,
      ),
    reads: (context) => reads.get(context.name) ?? [],
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

function remarkableFields(
  { types, errors, functions, views, channels }: canonical.Canonical,
  { remarkable }: ValidationMemory,
): readonly canonical.Field[] {
  // Functions that share a struct as their input share its fields.
  const found = new Map<number, canonical.Field>();
  const look = (fields: readonly canonical.Field[] | null): void => {
    if (fields === null || fields.length === 0) return;
    for (const field of recall(remarkable, fields, (list) => list.filter(isRemarkable))) {
      const key = spanKey(field.place.name);
      if (!found.has(key)) found.set(key, field);
    }
  };
  for (const { fields } of types) look(fields);
  for (const { fields } of errors) look(fields);
  for (const { input } of functions) look(input);
  for (const { input } of views) look(input);
  for (const { params, clientMessage, serverMessage } of channels) {
    look(params?.fields ?? null);
    look(clientMessage?.fields ?? null);
    look(serverMessage?.fields ?? null);
  }
  return [...found.values()];
}

function isRemarkable({ default: literal, shape }: canonical.Field): boolean {
  return literal !== null || hasKind(shape, "union") || hasKind(shape, "file");
}

/** Every list of fields that stands in the contract, in written order of its kind of node. */
export function fieldListsOf(from: contract.Contract): readonly (readonly contract.Field[])[] {
  return [
    ...from.types.flatMap((type) => (type.kind === "struct" ? [type.fields] : [])),
    ...from.errors.map((error) => error.fields),
    ...from.functions.map((fn) => fn.input),
    ...from.views.map((view) => view.input),
    ...from.channels.flatMap((channel) =>
      [channel.params, channel.client, channel.server].flatMap((message) =>
        message === null ? [] : [message.fields],
      ),
    ),
  ];
}
