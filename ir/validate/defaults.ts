/** Defaults are values of their fields' types: the server fills them in without asking again. */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Literal, Shape } from "../model/canonical.js";
import type { Facts } from "./facts.js";
import { fitsFormat, formatExamples } from "./formats.js";
import { describeShape } from "./shapes.js";

export function defaultsFitTheirTypes({ fields, written }: Facts): readonly Diagnostic[] {
  return fields.flatMap((field) => {
    const literal = field.default;
    if (literal === null) return [];
    const fault = faultOf(literal, field.shape);
    if (fault === null) return [];
    const span = written(field)?.default?.span ?? field.place.name;
    return [
      report(
        "MZ3056",
        { span, text: fault.label },
        { field: field.name, default: describeLiteral(literal), type: describeShape(field.shape) },
        {
          help: fault.help,
          related: [{ span: field.typeSpan, text: `the type is ${describeShape(field.shape)}` }],
        },
      ),
    ];
  });
}

/** Why a literal is no value of a shape, in few words, and what to write. */
type Fault = { readonly label: string; readonly help: string };

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
        : { label: "not a boolean", help: "write `default=#true` or `default=#false`" };
    case "string":
      return stringFault(literal, shape);
    case "enum": {
      if (literal.kind === "string" && shape.values.includes(literal.value)) return null;
      const meant = literal.kind === "string" ? nearest(literal.value, shape.values) : null;
      const values = shape.values.map((value) => `\`${value}\``).join(", ");
      const help = meant === null ? `the values are ${values}` : `did you mean \`${meant}\`?`;
      return { label: "not one of its values", help };
    }
    case "union": {
      const faults = shape.members.map((member) => faultOf(literal, member));
      if (faults.includes(null)) return null;
      return { label: "fits none of the arms", help: `give a value of ${describeShape(shape)}` };
    }
    case "list":
    case "map":
    case "ref":
    case "file":
      return {
        label: "no literal can be written for this type",
        help:
          shape.kind === "list" || shape.kind === "map"
            ? "take the default away; `required=#false` lets a client leave the field out"
            : "take the default away, and make the type optional with `?` if it may be left out",
      };
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
    return {
      label: `not ${kind === "integer" ? "an integer" : "a number"}`,
      help: "write a number without quotes, such as `default=10`",
    };
  }
  const { value } = literal;
  if (kind === "integer" && !Number.isSafeInteger(value)) {
    return { label: "not an integer", help: "write a whole number, or make the type `number`" };
  }
  if (min !== null && value < min) return { label: `below min=${min}`, help: `at least ${min}` };
  if (max !== null && value > max) return { label: `above max=${max}`, help: `at most ${max}` };
  if (multipleOf !== null && multipleOf > 0 && !isMultiple(value, multipleOf)) {
    return { label: `not a multiple of ${multipleOf}`, help: `give a multiple of ${multipleOf}` };
  }
  return null;
}

/** Whether the quotient is whole, give or take what binary fractions lose (0.3 / 0.1). */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

function stringFault(literal: Literal, shape: Extract<Shape, { kind: "string" }>): Fault | null {
  if (literal.kind !== "string") {
    const help =
      literal.kind === "null"
        ? "give a text, or make the type optional with `?`"
        : `write it as text, in quotes: \`default="${describeLiteral(literal).replace("#", "")}"\``;
    return { label: "not a string", help };
  }
  const { format, minLength, maxLength, pattern } = shape;
  if (format !== null && !fitsFormat(literal.value, format)) {
    return { label: `not a ${format}`, help: `write it like \`${formatExamples[format]}\`` };
  }
  const length = [...literal.value].length;
  if (minLength !== null && length < minLength) {
    return { label: `shorter than min-length=${minLength}`, help: "give a longer text" };
  }
  if (maxLength !== null && length > maxLength) {
    return { label: `longer than max-length=${maxLength}`, help: "give a shorter text" };
  }
  if (pattern !== null && !matches(literal.value, pattern)) {
    return { label: "does not match the pattern", help: `give a text that matches ${pattern}` };
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
