/**
 * Unions of structs that cannot be told apart. Undeclared keys are ignored, so two structs accept the same
 * value unless a field that one of them requires has, in both, types without a common value.
 */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Shape, Type } from "../model/canonical.js";
import type { Span } from "../source/source.js";
import { compareSpans, type Facts } from "./facts.js";
import { describeShape, hasKind, shapesIn } from "../shapes.js";

export function unionArmsCanBeToldApart(facts: Facts): readonly Diagnostic[] {
  const uses = [
    ...facts.fields.map((field) => ({ shape: field.shape, span: field.typeSpan })),
    ...facts.outputs.flatMap((fn) =>
      fn.output === null || fn.outputSpan === null
        ? []
        : [{ shape: fn.output, span: fn.outputSpan }],
    ),
  ]
    .filter(({ shape }) => hasKind(shape, "union"))
    .sort((a, b) => compareSpans(a.span, b.span));

  // Two structs that cannot be told apart are one cause, however many unions have both.
  const told = new Set<string>();
  return uses.flatMap(({ shape, span }) =>
    shapesIn(shape).flatMap((union) => {
      if (union.kind !== "union") return [];
      const structs = structsOf(union, facts);
      return structs.flatMap((struct, index) => {
        // Told against the first one only: when that is mended the others mostly are.
        const other = structs.slice(0, index).find((one) => overlap(one, struct, facts));
        const key = other === undefined ? "" : [other.name, struct.name].sort().join("|");
        if (other === undefined || told.has(key)) return [];
        told.add(key);
        return [toDiagnostic(other, struct, union, span)];
      });
    }),
  );
}

function overlap(one: Type, other: Type, facts: Facts): boolean {
  return structsOverlap(one, other, facts, new Set());
}

function toDiagnostic(one: Type, other: Type, union: Shape, span: Span): Diagnostic {
  return report(
    "MZ3060",
    { span, text: "which of the two is meant?" },
    { one: one.name, other: other.name, union: describeShape(union) },
    {
      related: [
        { span: one.place.name, text: "accepts it" },
        { span: other.place.name, text: "accepts it too" },
      ],
      help:
        "give each a field whose type is an enum of one value, such as " +
        `\`kind ${one.name}Kind\` with \`enum ${one.name}Kind ${one.name.toLowerCase()}\``,
    },
  );
}

function structsOf(union: Extract<Shape, { kind: "union" }>, { types }: Facts): readonly Type[] {
  const names = union.members.flatMap((member) => {
    const arm = member.kind === "optional" ? member.inner : member;
    return arm.kind === "ref" ? [arm.type] : [];
  });
  return [...new Set(names)].flatMap((name) => types.get(name) ?? []);
}

/** How many pairs of structs are looked into for one answer. Beyond that they count as alike. */
const mostPairs = 200;

/** `assumed` holds the pairs that are being compared: recursion finds no difference by itself. */
function structsOverlap(one: Type, other: Type, facts: Facts, assumed: Set<string>): boolean {
  const key = `${one.name}|${other.name}`;
  if (one.name === other.name || assumed.has(key) || assumed.size >= mostPairs) return true;
  assumed.add(key);
  return one.fields.every((field) => {
    const twin = other.fields.find((candidate) => candidate.name === field.name);
    if (twin === undefined || (field.omittable && twin.omittable)) return true;
    return shapesOverlap(field.shape, twin.shape, facts, assumed);
  });
}

/** Whether some value is of both shapes. In doubt yes: two formats of a string are both strings. */
function shapesOverlap(one: Shape, other: Shape, facts: Facts, assumed: Set<string>): boolean {
  const meet = (a: Shape, b: Shape): boolean => shapesOverlap(a, b, facts, assumed);
  if (other.kind === "optional" || other.kind === "union") {
    if (one.kind !== "optional" && one.kind !== "union") return meet(other, one);
  }
  switch (one.kind) {
    case "json":
    case "error":
      return true;
    case "optional":
      return acceptsNull(other) || meet(one.inner, other);
    case "union":
      return one.members.some((member) => meet(member, other));
    case "ref": {
      if (other.kind !== "ref") return other.kind === "map" || acceptsAnything(other);
      const types = [facts.types.get(one.type), facts.types.get(other.type)] as const;
      if (types[0] === undefined || types[1] === undefined) return true;
      return structsOverlap(types[0], types[1], facts, assumed);
    }
    case "enum":
      if (other.kind === "enum") return one.values.some((value) => other.values.includes(value));
      return other.kind === "string" || acceptsAnything(other);
    case "string":
      return other.kind === "string" || other.kind === "enum" || acceptsAnything(other);
    case "integer":
    case "number":
      return other.kind === "integer" || other.kind === "number" || acceptsAnything(other);
    case "map":
      return other.kind === "map" || other.kind === "ref" || acceptsAnything(other);
    case "list":
      // The empty list is of both, whatever their items.
      return other.kind === "list" || acceptsAnything(other);
    case "boolean":
    case "file":
      return other.kind === one.kind || acceptsAnything(other);
    default:
      return assertNever(one);
  }
}

function acceptsNull(shape: Shape): boolean {
  return shape.kind === "union"
    ? shape.members.some(acceptsNull)
    : shape.kind === "optional" || acceptsAnything(shape);
}

function acceptsAnything(shape: Shape): boolean {
  return shape.kind === "json" || shape.kind === "error";
}
