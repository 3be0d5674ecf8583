/** A context is read as one: one kind of transport, one meaning for each param, and nothing written. */
import { report } from "../diagnostics/catalogue.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Context, Field, Fn, Shape } from "../model/canonical.js";
import { addTo } from "../lists.js";
import { compareSpans, type Facts, type Surroundings } from "./facts.js";
import { describeShape, withoutOptional } from "../shapes.js";

export function contextHasPublicFunctions(
  context: Context,
  around: Surroundings,
): readonly Diagnostic[] {
  if (around.reads(context).length > 0 || !around.whole) return [];
  if (around.isFaulty(context.place.node)) return [];
  if (around.parts(context).some(({ node }) => around.isFaulty(node))) return [];
  const hidden = context.functions.flatMap((name) => around.functions.get(name) ?? []);
  return [
    report(
      "MZ4035",
      { span: context.place.name, text: "nothing to read" },
      { context: context.name },
      {
        related: hidden.map((fn) => ({ span: fn.place.name, text: "private" })),
        help:
          hidden.length > 0
            ? "make one of its functions public, or take the context away"
            : "put a function into it, or take the context away",
      },
    ),
  ];
}

export function contextFunctionOnlyReads(
  fn: Fn,
  { contexts }: Surroundings,
): readonly Diagnostic[] {
  if (fn.context === null || fn.affects.length + fn.merges.length === 0) return [];
  const effect = [...fn.affects, ...fn.merges].sort((a, b) => compareSpans(a.span, b.span))[0];
  if (effect === undefined) return [];
  const word = fn.affects.some((affect) => affect === effect) ? "affects" : "merge";
  const context = contexts.get(fn.context);
  return [
    report(
      "MZ4030",
      { span: effect.span, text: "on a read" },
      { function: fn.name, context: fn.context, effect: word },
      {
        related:
          context === undefined ? [] : [{ span: context.place.name, text: "read as part of this" }],
        help: `take \`${word}\` away, or take \`${fn.name}\` out of the context`,
      },
    ),
  ];
}

export function contextHasOneTransport(
  context: Context,
  around: Surroundings,
): readonly Diagnostic[] {
  const members = context.functions.flatMap((name) => around.functions.get(name) ?? []);
  if (members.every((fn) => fn.transport === members[0]?.transport)) return [];
  // Of a function with a fault the transport may be what was lost.
  const sound = members.filter((fn) => !around.isFaulty(fn.place.node));
  const [first, ...rest] = inWrittenOrder(sound);
  const other = rest.find((fn) => fn.transport !== first?.transport);
  if (first === undefined || other === undefined) return [];
  return [
    report(
      "MZ4031",
      { span: other.place.name, text: `transport ${other.transport}` },
      { context: context.name },
      {
        related: [{ span: first.place.name, text: `transport ${first.transport}` }],
        help: "give all functions of a context one transport, or make it two contexts",
      },
    ),
  ];
}

export function globalHasNoParams(facts: Facts): readonly Diagnostic[] {
  const global = facts.contexts.get("global");
  if (global === undefined) return [];
  return facts
    .reads(global)
    .filter((fn) => fn.input.length > 0)
    .map((fn) => {
      const [first, ...more] = fn.input;
      return report(
        "MZ4032",
        { span: first?.place.name ?? fn.place.name, text: "a param" },
        { function: fn.name },
        {
          related: more.map((field) => ({ span: field.place.name, text: "another" })),
          help: "`global` has one instance; put the function into a context of its own",
        },
      );
    });
}

/** The declarations of one param by the functions of a context, in written order. */
type Param = {
  readonly name: string;
  readonly uses: readonly { readonly fn: Fn; readonly field: Field }[];
};

export function paramTypesAgree(context: Context, around: Surroundings): readonly Diagnostic[] {
  return sharedParams(context, around).flatMap(({ name, uses }) => {
    const [first, ...rest] = uses;
    const other = rest.find(
      (use) => first !== undefined && printedType(use.field) !== printedType(first.field),
    );
    if (first === undefined || other === undefined) return [];
    return [
      report(
        "MZ4033",
        { span: other.field.typeSpan, text: `here ${describeShape(other.field.shape)}` },
        { param: name, context: context.name },
        {
          related: [
            {
              span: first.field.typeSpan,
              text: `in ${first.fn.name} ${describeShape(first.field.shape)}`,
            },
          ],
          help: "a context is asked with one value for all; give the param one type, or two names",
        },
      ),
    ];
  });
}

export function paramShapesAgree(context: Context, around: Surroundings): readonly Diagnostic[] {
  return sharedParams(context, around).flatMap(({ name, uses }) => {
    const [first] = uses;
    // Where already the printed types differ, that says it all.
    if (
      first === undefined ||
      uses.some((use) => printedType(use.field) !== printedType(first.field))
    ) {
      return [];
    }
    const word = (field: Field): string => describeShape(withoutOptional(field.shape));
    const other = uses.find((use) => word(use.field) !== word(first.field));
    if (other === undefined) return [];
    return [
      report(
        "MZ4034",
        { span: other.field.typeSpan, text: `here ${word(other.field)}` },
        { param: name, context: context.name },
        {
          related: [
            { span: first.field.typeSpan, text: `in ${first.fn.name} ${word(first.field)}` },
          ],
          help: "only a value that both accept can be asked for; give the param one type",
        },
      ),
    ];
  });
}

/** The params that several functions of a context take. */
function sharedParams(context: Context, { reads }: Surroundings): readonly Param[] {
  const functions = reads(context);
  if (functions.length < 2) return [];
  const groups = new Map<string, { readonly fn: Fn; readonly field: Field }[]>();
  for (const fn of inWrittenOrder(functions)) {
    for (const field of fn.input) {
      if (withoutOptional(field.shape).kind !== "error") addTo(groups, field.name, { fn, field });
    }
  }
  return [...groups].flatMap(([name, uses]) => (uses.length < 2 ? [] : [{ name, uses }]));
}

/** The primitive that the canonical form prints for a param. */
function printedType(field: Field): string {
  const shape: Shape = withoutOptional(field.shape);
  return shape.kind === "integer" || shape.kind === "number" || shape.kind === "boolean"
    ? shape.kind
    : "string";
}

/** A function may name a context that has no node; a slip of the pen would make a second context. */
export function contextsWithoutNodesAreMeant({
  canonical,
  contract,
}: Facts): readonly Diagnostic[] {
  if (!contract.whole) return [];
  const nodes = new Set(contract.contexts.map((node) => node.name.text));
  const without = canonical.contexts.filter((context) => !nodes.has(context.name));
  // A contract with so many goes without nodes on purpose, and comparing all of them would take long.
  if (without.length > 50) return [];
  return without.flatMap((context) => {
    // Of two without a node, the one written later is the slip.
    const earlier = canonical.contexts.filter(
      (other) => nodes.has(other.name) || compareSpans(other.place.name, context.place.name) < 0,
    );
    const name = nearest(
      context.name,
      earlier.map((other) => other.name),
    );
    const similar = earlier.find((other) => other.name === name);
    const use = contract.functions.find((fn) => fn.context?.text === context.name);
    if (similar === undefined || use === undefined || use.form === "canonical") return [];
    return [
      report(
        "MZ2054",
        { span: use.context?.span ?? context.place.name, text: "makes a context of its own" },
        { context: context.name },
        {
          related: [{ span: similar.place.name, text: "the similar one" }],
          help: `did you mean \`${similar.name}\`? Otherwise write a node \`context ${context.name}\``,
        },
      ),
    ];
  });
}

function inWrittenOrder(functions: readonly Fn[]): readonly Fn[] {
  return [...functions].sort((a, b) => compareSpans(a.place.name, b.place.name));
}
