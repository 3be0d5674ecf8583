/** Defaults are values of their fields' types: the server fills them in without asking again. */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic, Label } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Field, Literal, Shape } from "../model/canonical.js";
import type { ConstraintName } from "../model/contract.js";
import type { Surroundings } from "./facts.js";
import { fitsFormat, formatExamples } from "./formats.js";
import { describeShape } from "../shapes.js";

export function defaultFitsItsType(field: Field, around: Surroundings): readonly Diagnostic[] {
  const literal = field.default;
  const fault = literal === null ? null : faultOf(literal, field.shape);
  if (literal === null || fault === null) return [];
  const place = around.written(field)?.default?.span;
  // A word that was no value has been reported.
  if (place !== undefined && around.isFaulty(place)) return [];
  const broken = fault.broken === null ? null : `\`${fault.broken.name}=${fault.broken.value}\``;
  return [
    report(
      "MZ3056",
      { span: place ?? field.place.name, text: fault.label },
      {
        field: field.name,
        default: describeLiteral(literal),
        what: broken ?? describeShape(field.shape),
      },
      { help: fault.help, related: [expectation(field, fault, around)] },
    ),
  ];
}

/** Where it is written what the default should be: the constraint, else the type. */
function expectation(field: Field, fault: Fault, { written }: Surroundings): Label {
  const constraint = written(field)?.constraints.find(({ name }) => name === fault.broken?.name);
  return constraint === undefined
    ? { span: field.typeSpan, text: `the type is ${describeShape(field.shape)}` }
    : { span: constraint.span, text: "asked for here" };
}

/** Why a literal is no value of a shape, in few words, and what to write. */
type Fault = {
  readonly label: string;
  readonly help: string;
  /** The constraint that it breaks, where the kind of value is right. */
  readonly broken: { readonly name: ConstraintName; readonly value: number | string } | null;
};

function wrongKind(label: string, help: string): Fault {
  return { label, help, broken: null };
}

function breaks(name: ConstraintName, value: number | string, label: string, help: string): Fault {
  return { label, help, broken: { name, value } };
}

function faultOf(literal: Literal, shape: Shape): Fault | null {
  switch (shape.kind) {
    case "json":
    case "error":
      return null;
    case "optional":
      return literal.kind === "null" ? null : faultOf(literal, shape.inner);
    case "integer":
    case "number":
      return numberFault(literal, shape);
    case "boolean":
      return literal.kind === "boolean"
        ? null
        : wrongKind("not a boolean", "write `default=#true` or `default=#false`");
    case "string":
      return stringFault(literal, shape);
    case "enum": {
      if (literal.kind === "string" && shape.values.includes(literal.value)) return null;
      const meant = literal.kind === "string" ? nearest(literal.value, shape.values) : null;
      const values = shape.values.map((value) => `\`${value}\``).join(", ");
      return wrongKind(
        "not one of its values",
        meant === null ? `the values are ${values}` : `did you mean \`${meant}\`?`,
      );
    }
    case "union": {
      const faults = shape.members.map((member) => faultOf(literal, member));
      return faults.includes(null)
        ? null
        : wrongKind("fits none of the arms", `give a value of ${describeShape(shape)}`);
    }
    case "list":
    case "map":
      return wrongKind(
        "no literal can be written for this type",
        "take the default away; `required=#false` lets a client leave the field out",
      );
    case "ref":
    case "file":
      return wrongKind(
        "no literal can be written for this type",
        "take the default away, and make the type optional with `?` if it may be left out",
      );
    default:
      return assertNever(shape);
  }
}

function numberFault(
  literal: Literal,
  shape: Extract<Shape, { kind: "integer" | "number" }>,
): Fault | null {
  const { kind, min, max, multipleOf } = shape;
  if (literal.kind !== "integer" && literal.kind !== "number") {
    const label = `not ${kind === "integer" ? "an integer" : "a number"}`;
    return wrongKind(label, "write a number without quotes, such as `default=10`");
  }
  const { value } = literal;
  if (kind === "integer" && !Number.isSafeInteger(value)) {
    return wrongKind("not an integer", "write a whole number, or make the type `number`");
  }
  if (min !== null && value < min) return breaks("min", min, "too small", `give at least ${min}`);
  if (max !== null && value > max) return breaks("max", max, "too large", `give at most ${max}`);
  if (multipleOf !== null && multipleOf > 0 && !isMultiple(value, multipleOf)) {
    const help = `give a multiple of ${multipleOf}`;
    return breaks("multiple-of", multipleOf, "between two steps", help);
  }
  return null;
}

/** Whether the quotient is whole, give or take what binary fractions lose (0.3 / 0.1). */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

function stringFault(literal: Literal, shape: Extract<Shape, { kind: "string" }>): Fault | null {
  if (literal.kind === "null") {
    return wrongKind("not a text", "give a text, or make the type optional with `?`");
  }
  if (literal.kind !== "string") {
    const text = describeLiteral(literal).replace("#", "");
    return wrongKind("not a text", `a text stands in quotes: \`default="${text}"\``);
  }
  const { format, minLength, maxLength, pattern } = shape;
  if (format !== null && !fitsFormat(literal.value, format)) {
    return wrongKind(`no ${format}`, `write it like \`${formatExamples[format]}\``);
  }
  const length = [...literal.value].length;
  if (minLength !== null && length < minLength) {
    return breaks("min-length", minLength, "too short", "give a longer text");
  }
  if (maxLength !== null && length > maxLength) {
    return breaks("max-length", maxLength, "too long", "give a shorter text");
  }
  if (pattern !== null && !matches(literal.value, pattern)) {
    return breaks("pattern", pattern, "does not match", "give a text that the pattern matches");
  }
  return null;
}

/** A pattern that does not compile has been reported where it stands. */
function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function describeLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "null":
      return "#null";
    case "boolean":
      return literal.value ? "#true" : "#false";
    case "integer":
    case "number":
      return String(literal.value);
    case "string":
      return JSON.stringify(literal.value);
    default:
      return assertNever(literal);
  }
}
