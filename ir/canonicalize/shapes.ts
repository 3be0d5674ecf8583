/** Questions about shapes that only resolving asks. */
import { assertNever } from "../assert-never.js";
import type { Field, Shape } from "../model/canonical.js";
import { describeShape, partsOf, withoutOptional } from "../shapes.js";

/** The primitive that the family has for a context param of this shape. */
export function paramType(shape: Shape): "integer" | "number" | "boolean" | "string" {
  const inner = withoutOptional(shape);
  switch (inner.kind) {
    case "integer":
    case "number":
    case "boolean":
      return inner.kind;
    default:
      return "string";
  }
}

type Measure = { readonly size: number; readonly depth: number };

const single: Measure = { size: 1, depth: 1 };

/** What has been measured, so that shared parts are walked once. */
export type Measures = Map<Shape, Measure>;

/** The size of a shape in nodes and its depth, as if nothing in it were shared. */
export function measure(shape: Shape, known: Measures): Measure {
  const inner = partsOf(shape);
  if (inner.length === 0) return single;
  const earlier = known.get(shape);
  if (earlier !== undefined) return earlier;
  const parts = inner.map((part) => measure(part, known));
  const result = {
    size: parts.reduce((sum, part) => sum + part.size, 1),
    depth: parts.reduce((most, part) => Math.max(most, part.depth), 0) + 1,
  };
  known.set(shape, result);
  return result;
}

/** A text that two shapes share exactly when they are the same type, constraints aside. */
export function shapeKey(shape: Shape): string {
  switch (shape.kind) {
    case "integer":
    case "number":
    case "boolean":
    case "json":
    case "file":
    case "error":
      return shape.kind;
    case "string":
      return shape.format ?? "string";
    case "enum":
      return `enum ${JSON.stringify(shape.values)}`;
    case "ref":
      return `ref ${JSON.stringify(shape.type)}`;
    case "list":
      return `list<${shapeKey(shape.item)}>`;
    case "map":
      return `map<${shapeKey(shape.value)}>`;
    case "optional":
      return `${shapeKey(shape.inner)}?`;
    case "union":
      return `(${shape.members.map(shapeKey).join("|")})`;
    default:
      return assertNever(shape);
  }
}

/** A shape in a sentence: "`list<Order>`". */
export function shapeWords(shape: Shape): string {
  return `\`${describeShape(shape)}\``;
}

/** The field of a name. */
export function fieldOf(fields: readonly Field[], name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}
