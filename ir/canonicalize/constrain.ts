/** Puts constraints on the shape that they are about, behind `?`, and reports those that fit nothing. */
import { report } from "../diagnostics/catalogue.js";
import type { Shape } from "../model/canonical.js";
import type { Constraint } from "../model/contract.js";
import { acceptedTypes } from "../accept.js";
import { shapeWords } from "./shapes.js";
import type { Out } from "./symbols.js";

type FileShape = Extract<Shape, { kind: "file" }>;

export function constrain(shape: Shape, constraints: readonly Constraint[], out: Out): Shape {
  let result = shape;
  for (const constraint of constraints) {
    const constrained = withConstraint(result, constraint);
    if (constrained !== null) result = constrained;
    else reportMisfit(result, constraint, out);
  }
  return result;
}

/** Null where the constraint does not fit. */
function withConstraint(shape: Shape, constraint: Constraint): Shape | null {
  if (shape.kind === "error") return shape;
  if (shape.kind === "optional") {
    const inner = withConstraint(shape.inner, constraint);
    return inner === null ? null : { kind: "optional", inner };
  }
  switch (constraint.name) {
    case "min":
      return isNumeric(shape) ? { ...shape, min: constraint.value } : null;
    case "max":
      return isNumeric(shape) ? { ...shape, max: constraint.value } : null;
    case "multiple-of":
      return isNumeric(shape) ? { ...shape, multipleOf: constraint.value } : null;
    case "min-length":
      return shape.kind === "string" ? { ...shape, minLength: constraint.value } : null;
    case "max-length":
      return shape.kind === "string" ? { ...shape, maxLength: constraint.value } : null;
    case "pattern":
      return shape.kind === "string" ? { ...shape, pattern: constraint.value } : null;
    case "min-items":
      return shape.kind === "list" ? { ...shape, minItems: constraint.value } : null;
    case "max-items":
      return shape.kind === "list" ? { ...shape, maxItems: constraint.value } : null;
    case "max-bytes":
      return onFile(shape, (file) => ({ ...file, maxBytes: constraint.value }));
    case "accept":
      return onFile(shape, (file) => ({ ...file, accept: acceptedTypes(constraint.value) }));
  }
}

/** Of a list, the constraint is about each of its files. */
function onFile(shape: Shape, set: (file: FileShape) => FileShape): Shape | null {
  if (shape.kind === "file") return set(shape);
  if (shape.kind !== "list" || shape.item.kind !== "file") return null;
  return { ...shape, item: set(shape.item) };
}

function isNumeric(shape: Shape): shape is Shape & { kind: "integer" | "number" } {
  return shape.kind === "integer" || shape.kind === "number";
}

function reportMisfit(shape: Shape, constraint: Constraint, out: Out): void {
  out.push(
    report(
      "MZ3007",
      { span: constraint.span, text: "does not fit" },
      { constraint: constraint.name, type: shapeWords(shape) },
      { help: fitting(shape) },
    ),
  );
}

/** The constraints that a shape may have, in words. */
function fitting(shape: Shape): string {
  switch (shape.kind) {
    case "optional":
      return fitting(shape.inner);
    case "integer":
    case "number":
      return "numbers have `min`, `max` and `multiple-of`";
    case "string":
      return "strings have `min-length`, `max-length` and `pattern`";
    case "list":
      return shape.item.kind === "file"
        ? "lists of files have `min-items`, `max-items`, `max-bytes` and `accept`"
        : "lists have `min-items` and `max-items`";
    case "file":
      return "files have `max-bytes` and `accept`";
    case "ref":
      return "constraints stand on the fields of a type";
    case "boolean":
    case "json":
    case "enum":
    case "map":
    case "union":
    case "error":
      return "only strings, numbers, lists and files have constraints";
  }
}
