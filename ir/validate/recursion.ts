/**
 * A struct that must hold itself has no value: building one would never end. A list, a map or an optional
 * ends it, and so does a field that may be left out or a union with another arm that ends.
 *
 * Words: a type is *finite* when a value of it exists; a *step* goes from a type that is not to another,
 * by a field that every value must have.
 */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Field, Shape, Type } from "../model/canonical.js";
import { addTo } from "../lists.js";
import { compareSpans, type Facts, type Lookup } from "./facts.js";
import { recall } from "../recall.js";
import { shapesIn } from "../shapes.js";

export function recursionEnds({ canonical, types, memory }: Facts): readonly Diagnostic[] {
  const open = canonical.types.filter((type) => recall(memory.open, type, isOpen));
  if (open.length === 0) return [];
  const finite = finiteTypes(canonical.types, open);
  const endless = canonical.types
    .filter((type) => !finite.has(type.name))
    .sort((a, b) => compareSpans(a.place.name, b.place.name));
  const steps = new Map(endless.map((type) => [type.name, stepsFrom(type, finite, types)]));
  const back = new Map<string, Step[]>();
  for (const step of [...steps.values()].flat()) {
    addTo(back, step.to, step);
  }

  const diagnostics: Diagnostic[] = [];
  const told = new Set<string>();
  for (const type of endless) {
    if (told.has(type.name)) continue;
    const ahead = explore(
      type.name,
      (name) => steps.get(name) ?? [],
      (step) => step.to,
    );
    // A type that merely leads to a cycle is mended with it.
    if (!ahead.has(type.name)) continue;
    diagnostics.push(toDiagnostic(type, ahead));
    // Cycles that have a type in common are one cause.
    const behind = explore(
      type.name,
      (name) => back.get(name) ?? [],
      (step) => step.from.name,
    );
    for (const name of ahead.keys()) if (behind.has(name)) told.add(name);
  }
  return diagnostics;
}

type Step = { readonly from: Type; readonly field: Field; readonly to: string };

/** Everything that can be reached by steps, each with the last step of a shortest way there. */
function explore(
  start: string,
  stepsAt: (name: string) => readonly Step[],
  goal: (step: Step) => string,
): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>();
  const queue = [start];
  // Grows while it is walked: breadth first.
  for (const name of queue) {
    for (const step of stepsAt(name)) {
      if (found.has(goal(step))) continue;
      found.set(goal(step), step);
      queue.push(goal(step));
    }
  }
  return found;
}

/** How many types of a cycle are shown; a longer one is hardly written by hand. */
const shownSteps = 8;

function toDiagnostic(type: Type, ahead: ReadonlyMap<string, Step>): Diagnostic {
  const cycle: Step[] = [];
  let at = type.name;
  do {
    const step = ahead.get(at);
    if (step === undefined) break;
    cycle.unshift(step);
    at = step.from.name;
  } while (at !== type.name);

  const [first, ...rest] = cycle;
  const shown = cycle.slice(0, shownSteps).map((step) => `${step.from.name}.${step.field.name}`);
  if (cycle.length > shown.length) shown.push("…");
  const to = first?.to ?? type.name;
  return report(
    "MZ3050",
    {
      span: first?.field.typeSpan ?? type.place.name,
      text: rest.length === 0 ? "the type itself, always" : `leads back to ${type.name}`,
    },
    { type: type.name, path: shown.join(" → ") },
    {
      related: rest
        .slice(0, shownSteps)
        .map((step) => ({ span: step.field.typeSpan, text: `then ${step.to}` })),
      help: `let it end somewhere: \`${to}?\` or \`list<${to}>\``,
    },
  );
}

/** The types of which a finite value exists: the least set that has every type made of finite fields. */
function finiteTypes(types: readonly Type[], open: readonly Type[]): ReadonlySet<string> {
  const finite = new Set(types.map(({ name }) => name));
  for (const { name } of open) finite.delete(name);
  const queue = [...open];
  const known = new Map(types.map((type) => [type.name, type]));
  const users = new Map<string, Type[]>();
  for (const type of queue) {
    for (const name of refsIn(type)) addTo(users, name, type);
  }
  // A type is looked at again whenever one that it mentions has turned out finite.
  for (const type of queue) {
    if (finite.has(type.name) || stepsFrom(type, finite, known).length > 0) continue;
    finite.add(type.name);
    for (const user of users.get(type.name) ?? []) queue.push(user);
  }
  return finite;
}

/** Whether a value of the type must hold a struct. Most need not, and are finite. */
function isOpen({ fields }: Type): boolean {
  return fields.some(({ omittable, shape }) => !omittable && endlessRefs(shape, nobody).length > 0);
}

const nobody: ReadonlySet<string> = new Set();

function refsIn(type: Type): ReadonlySet<string> {
  const shapes = type.fields.flatMap((field) => shapesIn(field.shape));
  return new Set(shapes.flatMap((shape) => (shape.kind === "ref" ? [shape.type] : [])));
}

function stepsFrom(type: Type, finite: ReadonlySet<string>, known: Lookup<Type>): readonly Step[] {
  return type.fields
    .filter((field) => !field.omittable)
    .flatMap((field) =>
      endlessRefs(field.shape, finite)
        .filter((to) => known.get(to) !== undefined)
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
