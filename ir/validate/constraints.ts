/** Constraints whose values make no sense, whatever type they stand on. */
import { acceptedTypes, isAcceptable } from "../accept.js";
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Constraint, ConstraintName, Field, TypeExpr } from "../model/contract.js";
import { fieldListsOf, type Facts } from "./facts.js";
import { recall } from "../recall.js";

/** Which constraints bound the same thing from below and from above. */
const bounds: readonly (readonly [ConstraintName, ConstraintName])[] = [
  ["min", "max"],
  ["min-length", "max-length"],
  ["min-items", "max-items"],
];

export function constraintsCanBeMet({ contract, memory }: Facts): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const fields of fieldListsOf(contract)) {
    for (const constraints of recall(memory.constraints, fields, constraintsIn)) {
      found.push(...constraints.flatMap(checkValue), ...crossedBounds(constraints));
    }
  }
  return found;
}

function constraintsIn(fields: readonly Field[]): readonly (readonly Constraint[])[] {
  const found: (readonly Constraint[])[] = [];
  const visit = (constraints: readonly Constraint[]): void => {
    if (constraints.length > 0) found.push(constraints);
  };
  for (const field of fields) {
    visit(field.constraints);
    visitConstraints(field.type, visit);
  }
  return found;
}

/** The constraints written on each shape itself, which only the full canonical form does. */
function visitConstraints(type: TypeExpr, check: (found: readonly Constraint[]) => void): void {
  switch (type.kind) {
    case "scalar":
      check(type.constraints);
      break;
    case "list":
      check(type.constraints);
      visitConstraints(type.item, check);
      break;
    case "map":
      visitConstraints(type.value, check);
      break;
    case "optional":
      visitConstraints(type.inner, check);
      break;
    case "union":
      for (const member of type.members) visitConstraints(member, check);
      break;
    case "name":
    case "enum":
    case "error":
      break;
    default:
      assertNever(type);
  }
}

function checkValue(constraint: Constraint): readonly Diagnostic[] {
  const { name, value, span } = constraint;
  if (name === "pattern") {
    const fault = patternFault(value);
    if (fault === null) return [];
    const help = 'write a regular expression as JavaScript knows it, in a raw string: `#"^\\d+$"#`';
    return [report("MZ3055", { span, text: "does not compile" }, { fault }, { help })];
  }
  if (name === "accept") {
    const wrong = acceptedTypes(value).find((entry) => !isAcceptable(entry));
    if (wrong === undefined) return [];
    const help =
      'for example `accept="image/png, image/jpeg"`, `accept="image/*"` or `accept=".pdf"`';
    return [report("MZ3062", { span, text: "no such type" }, { entry: wrong }, { help })];
  }
  if (name === "multiple-of" && value <= 0) {
    const help = "give a step above zero, such as `multiple-of=5` or `multiple-of=0.01`";
    return [report("MZ3054", { span, text: "not above zero" }, {}, { help })];
  }
  return [];
}

/** What is wrong with a regular expression, in the engine's words; null when it compiles. */
function patternFault(pattern: string): string | null {
  try {
    new RegExp(pattern, "u");
    return null;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // `Invalid regular expression: /(/u: Unterminated group`: the pattern is shown at its place anyway.
    return text.slice(text.lastIndexOf(": ") + 2).toLowerCase();
  }
}

function crossedBounds(constraints: readonly Constraint[]): readonly Diagnostic[] {
  return bounds.flatMap(([lower, upper]) => {
    const low = constraints.find((constraint) => constraint.name === lower);
    const high = constraints.find((constraint) => constraint.name === upper);
    if (low === undefined || high === undefined || low.value <= high.value) return [];
    return [
      report(
        "MZ3053",
        { span: low.span, text: `above ${upper}` },
        { lower, upper },
        {
          related: [{ span: high.span, text: "no value can be both" }],
          help: `exchange the two numbers: \`${lower}=${high.value} ${upper}=${low.value}\``,
        },
      ),
    ];
  });
}
