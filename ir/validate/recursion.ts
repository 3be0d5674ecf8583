/**
 * A struct that must hold itself has no value: building one would never end. A list, a map or an optional
 * ends it, and so does a field that may be left out or a union with another arm that ends.
 */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Field, Shape, Type } from "../model/canonical.js";
import { compareSpans, type Facts } from "./facts.js";

export function recursionEnds({ canonical, types }: Facts): readonly Diagnostic[] {
  const finite = finiteTypes(canonical.types);
  const endless = canonical.types
    .filter((type) => !finite.has(type.name))
    .sort((a, b) => compareSpans(a.place.name, b.place.name));

  const diagnostics: Diagnostic[] = [];
  const told = new Set<string>();
  for (const type of endless) {
    if (told.has(type.name)) continue;
    const cycle = cycleThrough(type, types, finite);
    // A type that merely leads to a cycle is mended with it.
    if (cycle === null) continue;
    for (const step of cycle) told.add(step.from.name);
    diagnostics.push(toDiagnostic(type, cycle));
  }
  return diagnostics;
}

/** A required field of one type that holds another (or the same) type. */
type Step = { readonly from: Type; readonly field: Field; readonly to: string };

function toDiagnostic(type: Type, cycle: readonly Step[]): Diagnostic {
  const [first, ...rest] = cycle;
  const span = first?.field.typeSpan ?? type.place.name;
  const path = cycle.map((step) => `${step.from.name}.${step.field.name}`).join(" → ");
  return report(
    "MZ3050",
    { span, text: rest.length === 0 ? "the type itself, always" : `leads back to ${type.name}` },
    { type: type.name, path },
    {
      related: rest.map((step) => ({ span: step.field.typeSpan, text: `then ${step.to}` })),
      help: `let it end somewhere: \`${first?.to ?? type.name}?\` or \`list<${first?.to ?? type.name}>\``,
    },
  );
}

/** The types of which a finite value exists: the least set that holds every type made of finite fields. */
function finiteTypes(types: readonly Type[]): ReadonlySet<string> {
  const finite = new Set<string>();
  const known = new Set(types.map((type) => type.name));
  for (let grown = true; grown;) {
    grown = false;
    for (const type of types) {
      if (finite.has(type.name) || blockers(type, finite, known).length > 0) continue;
      finite.add(type.name);
      grown = true;
    }
  }
  return finite;
}

/** The fields without which no value exists, and the types in them that are not known to be finite. */
function blockers(
  type: Type,
  finite: ReadonlySet<string>,
  known: ReadonlySet<string>,
): readonly Step[] {
  return type.fields
    .filter((field) => !field.omittable)
    .flatMap((field) =>
      endlessRefs(field.shape, finite)
        .filter((to) => known.has(to))
        .map((to) => ({ from: type, field, to })),
    );
}

/** The structs that a value of the shape must hold and that are not finite; empty when it need not. */
function endlessRefs(shape: Shape, finite: ReadonlySet<string>): readonly string[] {
  switch (shape.kind) {
    case "ref":
      return finite.has(shape.type) ? [] : [shape.type];
    case "union": {
      const arms = shape.members.map((member) => endlessRefs(member, finite));
      return arms.some((refs) => refs.length === 0) ? [] : arms.flat();
    }
    case "list":
      return shape.minItems !== null && shape.minItems > 0 ? endlessRefs(shape.item, finite) : [];
    case "integer":
    case "number":
    case "boolean":
    case "string":
    case "json":
    case "file":
    case "enum":
    case "map":
    case "optional":
    case "error":
      return [];
    default:
      return assertNever(shape);
  }
}

/** The shortest way from a type back to itself, or null. */
function cycleThrough(
  start: Type,
  types: ReadonlyMap<string, Type>,
  finite: ReadonlySet<string>,
): readonly Step[] | null {
  const known = new Set(types.keys());
  const seen = new Set<string>();
  let ways: readonly (readonly Step[])[] = [[]];
  while (ways.length > 0) {
    const longer: (readonly Step[])[] = [];
    for (const way of ways) {
      const at = way.at(-1)?.to ?? start.name;
      if (way.length > 0 && at === start.name) return way;
      const type = types.get(at);
      if (seen.has(at) || type === undefined) continue;
      seen.add(at);
      longer.push(...blockers(type, finite, known).map((step) => [...way, step]));
    }
    ways = longer;
  }
  return null;
}
