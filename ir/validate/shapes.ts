/** Questions about shapes that several rules ask. */
import { assertNever } from "../assert-never.js";
import type { Shape } from "../model/canonical.js";

/** A shape without the Optional around it. */
export function withoutOptional(shape: Shape): Shape {
  return shape.kind === "optional" ? withoutOptional(shape.inner) : shape;
}

/** The shape and every shape inside it. Named structs are not entered. */
export function shapesIn(shape: Shape): readonly Shape[] {
  const parts = partsOf(shape);
  return parts.length === 0 ? [shape] : [shape, ...parts.flatMap(shapesIn)];
}

/** Whether the shape or one inside it is of a kind; most fields are asked, so nothing is allocated. */
export function hasKind(shape: Shape, kind: Shape["kind"]): boolean {
  if (shape.kind === kind) return true;
  switch (shape.kind) {
    case "list":
      return hasKind(shape.item, kind);
    case "map":
      return hasKind(shape.value, kind);
    case "optional":
      return hasKind(shape.inner, kind);
    case "union":
      return shape.members.some((member) => hasKind(member, kind));
    default:
      return false;
  }
}

const none: readonly Shape[] = [];

function partsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "list":
      return [shape.item];
    case "map":
      return [shape.value];
    case "optional":
      return [shape.inner];
    case "union":
      return shape.members;
    case "integer":
    case "number":
    case "boolean":
    case "string":
    case "json":
    case "file":
    case "enum":
    case "ref":
    case "error":
      return none;
    default:
      return assertNever(shape);
  }
}

/** A shape as its author would write it, without constraints: `list<Order>?`. */
export function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case "list":
      return `list<${describeShape(shape.item)}>`;
    case "map":
      return `map<${describeShape(shape.value)}>`;
    case "optional": {
      const inner = describeShape(shape.inner);
      return shape.inner.kind === "union" ? `${inner}|null` : `${inner}?`;
    }
    case "union":
      return shape.members.map(describeShape).join("|");
    case "string":
      return shape.format ?? "string";
    case "enum":
      return shape.name ?? `enum ${shape.values.map((value) => JSON.stringify(value)).join(" ")}`;
    case "ref":
      return shape.type;
    case "integer":
    case "number":
    case "boolean":
    case "json":
    case "file":
      return shape.kind;
    case "error":
      return "?";
    default:
      return assertNever(shape);
  }
}
