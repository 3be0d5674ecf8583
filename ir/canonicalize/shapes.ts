/** Questions about shapes that several stages ask. */
import { assertNever } from "../assert-never.js";
import type { Field, Shape } from "../model/canonical.js";

/** A shape without the null around it. */
export function withoutOptional(shape: Shape): Shape {
  return shape.kind === "optional" ? shape.inner : shape;
}

/** Whether a value of this shape can hold a struct. A map does not count. */
export function reachesStruct(shape: Shape): boolean {
  switch (shape.kind) {
    case "ref":
      return true;
    case "list":
      return reachesStruct(shape.item);
    case "optional":
      return reachesStruct(shape.inner);
    case "union":
      return shape.members.some(reachesStruct);
    case "integer":
    case "number":
    case "boolean":
    case "string":
    case "json":
    case "file":
    case "enum":
    case "map":
    case "error":
      return false;
    default:
      return assertNever(shape);
  }
}

/** Whether an output travels as `{"result": …}`. Null is a function that answers nothing. */
export function isBoxed(output: Shape | null): boolean {
  return output === null || !reachesStruct(output);
}

/** Whether a value of this shape is, or is a list of, uploaded files. */
export function holdsFile(shape: Shape): boolean {
  switch (shape.kind) {
    case "file":
      return true;
    case "list":
      return holdsFile(shape.item);
    case "map":
      return holdsFile(shape.value);
    case "optional":
      return holdsFile(shape.inner);
    case "union":
      return shape.members.some(holdsFile);
    case "integer":
    case "number":
    case "boolean":
    case "string":
    case "json":
    case "enum":
    case "ref":
    case "error":
      return false;
    default:
      return assertNever(shape);
  }
}

const none: readonly string[] = [];

/** The structs that a shape names itself, maps included; not what those structs name in turn. */
export function refsOf(shape: Shape, maps: "through" | "around" = "through"): readonly string[] {
  switch (shape.kind) {
    case "ref":
      return [shape.type];
    case "list":
      return refsOf(shape.item, maps);
    case "map":
      return maps === "through" ? refsOf(shape.value, maps) : none;
    case "optional":
      return refsOf(shape.inner, maps);
    case "union":
      return shape.members.flatMap((member) => refsOf(member, maps));
    case "integer":
    case "number":
    case "boolean":
    case "string":
    case "json":
    case "file":
    case "enum":
    case "error":
      return none;
    default:
      return assertNever(shape);
  }
}

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
      return [];
    default:
      return assertNever(shape);
  }
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

/** A shape as its author would write it. */
function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case "integer":
    case "number":
    case "boolean":
    case "json":
    case "file":
      return shape.kind;
    case "string":
      return shape.format ?? "string";
    case "enum":
      return shape.name ?? shape.values.map((value) => JSON.stringify(value)).join("|");
    case "ref":
      return shape.type;
    case "list":
      return `list<${shapeText(shape.item)}>`;
    case "map":
      return `map<${shapeText(shape.value)}>`;
    case "optional":
      return shape.inner.kind === "union"
        ? `${shapeText(shape.inner)}|null`
        : `${shapeText(shape.inner)}?`;
    case "union":
      return shape.members.map(shapeText).join("|");
    case "error":
      return "…";
    default:
      return assertNever(shape);
  }
}

/** A shape in a sentence: "`list<Order>`". */
export function shapeWords(shape: Shape): string {
  return `\`${shapeText(shape)}\``;
}

/** The field of a name. */
export function fieldOf(fields: readonly Field[], name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}
