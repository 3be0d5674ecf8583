/** Questions about shapes that several stages ask. Named structs are never entered: a `ref` is a leaf. */
import { assertNever } from "./assert-never.js";
import type { Shape } from "./model/canonical.js";

const none: readonly Shape[] = [];

/** The shapes directly inside a shape. */
export function partsOf(shape: Shape): readonly Shape[] {
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

/** The shape and every shape inside it. */
export function shapesIn(shape: Shape): readonly Shape[] {
  const parts = partsOf(shape);
  return parts.length === 0 ? [shape] : [shape, ...parts.flatMap(shapesIn)];
}

/** Whether the shape or one inside it is of a kind. */
export function hasKind(shape: Shape, kind: Shape["kind"]): boolean {
  return shape.kind === kind || partsOf(shape).some((part) => hasKind(part, kind));
}

/** Whether an input of this shape takes files from a form: `file`, `list<file>`, and either with `?`. */
export function takesFile(shape: Shape): boolean {
  const inner = withoutOptional(shape);
  return inner.kind === "file" || (inner.kind === "list" && inner.item.kind === "file");
}

/** A shape without the Optional around it. */
export function withoutOptional(shape: Shape): Shape {
  return shape.kind === "optional" ? withoutOptional(shape.inner) : shape;
}

/** The structs that a shape names itself; not what those structs name in turn. */
export function refsOf(shape: Shape, maps: "through" | "around" = "through"): readonly string[] {
  if (shape.kind === "ref") return [shape.type];
  if (shape.kind === "map" && maps === "around") return [];
  return partsOf(shape).flatMap((part) => refsOf(part, maps));
}

/** Whether a value of this shape can hold a struct. A map does not count. */
export function reachesStruct(shape: Shape): boolean {
  return shape.kind === "ref" || (shape.kind !== "map" && partsOf(shape).some(reachesStruct));
}

/** Whether an output travels as `{"result": …}`. Null is a function that answers nothing. */
export function isBoxed(output: Shape | null): boolean {
  return output === null || !reachesStruct(output);
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
