/**
 * What the rules look things up in. Made once per run; a rule gets nothing else.
 *
 * Words: a function's *reads* are the functions of a context that a client may see, so the public ones.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/source.js";
import type { Ledger } from "../ledger.js";
import type { Claims } from "./claims.js";
import type { Known, ValidationMemory } from "./memory.js";
import { hasKind } from "../shapes.js";

/** One sentence of the language: says nothing when the sentence holds. */
export type Rule = (facts: Facts) => readonly Diagnostic[];

/**
 * A sentence about single nodes. Whether it holds depends on nothing but the node and what the rule looks up
 * around it, so that nodes where both are what they were in the run before are not asked about again.
 */
export type RuleAbout<Node> = (node: Node, around: Surroundings) => readonly Diagnostic[];

/** What a rule about a single node may look up. */
export type Surroundings = {
  readonly types: Lookup<canonical.Type>;
  readonly functions: Lookup<canonical.Fn>;
  readonly contexts: Lookup<canonical.Context>;
  /** The public functions of a context, by wire name. */
  readonly reads: (context: canonical.Context) => readonly canonical.Fn[];
  /** The nodes of a context, for their places alone. */
  readonly parts: (context: canonical.Context) => readonly contract.Context[];
  /** A field as its author wrote it, for the places of its parts. */
  readonly written: (field: canonical.Field) => contract.Field | null;
  /** False when a file could not be read as a whole: what seems to be missing may be in the rest. */
  readonly whole: boolean;
  /** Whether something was wrong inside a node: then what it seems to lack may have been lost there. */
  readonly isFaulty: (node: Span) => boolean;
};

export type Lookup<T> = { readonly get: (name: string) => T | undefined };

export type Facts = Surroundings & {
  readonly canonical: canonical.Canonical;
  readonly contract: contract.Contract;
  /**
   * Every field that has a default, a union or a file. Most fields have none, and no rule about single fields
   * looks at them.
   */
  readonly fields: readonly canonical.Field[];
  /** The functions that answer with a union or a file. */
  readonly outputs: readonly canonical.Fn[];
  /** What names claim; nothing where none of it can be at fault. */
  readonly claims: Claims;
  readonly memory: ValidationMemory;
  /** Whether nothing was wrong so far: then what seems to be missing is missing. */
  readonly sound: boolean;
};

export type Input = {
  readonly canonical: canonical.Canonical;
  readonly contract: contract.Contract;
  /** What earlier stages had to say. */
  readonly found: readonly Diagnostic[];
  readonly memory: ValidationMemory;
};

/** What can be looked up by name, each time with a note in the ledger. */
export function toSurroundings(
  { canonical, contract, found, memory }: Input,
  ledger: Ledger,
): Surroundings {
  const faults = found.flatMap((diagnostic) =>
    diagnostic.severity === "error" && diagnostic.primary !== null ? [diagnostic.primary.span] : [],
  );
  const functions = toLookup(memory.functions, canonical.functions, ledger);
  // Only faults ask for it, so most runs do without.
  let written: ReadonlyMap<number, contract.Field> | null = null;
  return {
    functions,
    types: toLookup(memory.types, canonical.types, ledger),
    contexts: toLookup(memory.contexts, canonical.contexts, ledger),
    reads: (context) =>
      context.functions.flatMap((name) => {
        const fn = functions.get(name);
        return fn === undefined || fn.private ? [] : [fn];
      }),
    whole: contract.whole,
    parts: (context) => contract.contexts.filter(({ name }) => name.text === context.name),
    written: (field) => {
      written ??= new Map(
        fieldListsOf(contract)
          .flat()
          .map((one) => [spanKey(one.name.span), one]),
      );
      return written.get(spanKey(field.place.name)) ?? null;
    },
    isFaulty: (node) =>
      faults.some(
        (span) => span.file === node.file && span.start >= node.start && span.end <= node.end,
      ),
  };
}

/**
 * Whether an effect of the node on the context may look wrong only because something else is: an input of the
 * node may be what was lost, or a param of the context.
 */
export function isEffectUncertain(
  node: canonical.Fn | canonical.View,
  context: canonical.Context,
  { reads, isFaulty }: Surroundings,
): boolean {
  return isFaulty(node.place.node) || reads(context).some((fn) => isFaulty(fn.place.node));
}

function toLookup<T extends { readonly name: string }>(
  known: Known<T>,
  nodes: readonly T[],
  ledger: Ledger,
): Lookup<T> {
  // The list is the same one when nothing in it has changed.
  if (known.nodes !== nodes) {
    known.nodes = nodes;
    known.names.set(new Map(nodes.map((node) => [node.name, node])));
  }
  return { get: (name) => known.names.read(name, ledger) };
}

/** Whether some rule looks at shapes like this one. */
export function isRemarkable(shape: canonical.Shape): boolean {
  return hasKind(shape, "union") || hasKind(shape, "file");
}

/** The same number for the same place: nothing else begins where a name or a value does. */
export function spanKey(span: Span): number {
  return span.file * 2 ** 32 + span.start;
}

/** Negative when `a` is written before `b`. */
export function compareSpans(a: Span, b: Span): number {
  return a.file - b.file || a.start - b.start || a.end - b.end;
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
