/** Shapes and fields as calls of the runtime's constructors: `field("limit", optional(integer()), …)`. */
import { assertNever } from "../../ir/assert-never.js";
import type { Field, Literal, Shape } from "../../ir/model/canonical.js";
import {
  array,
  boolean,
  call,
  identifier,
  number,
  object,
  property,
  string,
  type Expression,
} from "../layout/expressions.js";
import type { Scope } from "./scope.js";

export function fieldExpression(scope: Scope): (field: Field) => Expression {
  return (field) => {
    const value = literalExpression(field.default);
    const presence = [
      ...(field.omittable ? [property("omittable", boolean(true))] : []),
      ...(value === null ? [] : [property("default", value)]),
    ];
    return call(
      identifier(scope.abiValue("server", "field")),
      string(field.name),
      shapeExpression(shapeToFill(field), scope),
      ...(presence.length === 0 ? [] : [object(presence)]),
    );
  };
}

/** What holds null by itself, as `json` does, has to say so where a null is filled in. */
export function shapeToFill({ shape, default: value }: Field): Shape {
  return value?.kind === "null" && shape.kind !== "optional"
    ? { kind: "optional", inner: shape }
    : shape;
}

/** Null where nothing is filled in but null, which absence of a nullable means anyway. */
export function literalExpression(literal: Literal | null): Expression | null {
  if (literal === null) return null;
  switch (literal.kind) {
    case "integer":
    case "number":
      return number(literal.value);
    case "boolean":
      return boolean(literal.value);
    case "string":
      return string(literal.value);
    case "null":
      return null;
    default:
      return assertNever(literal);
  }
}

export function shapeExpression(shape: Shape, scope: Scope): Expression {
  const make = (name: string, ...args: readonly Expression[]): Expression =>
    call(identifier(scope.abiValue("server", name)), ...args);
  switch (shape.kind) {
    case "integer":
    case "number":
      return make(
        shape.kind,
        ...limits([
          ["min", numberOrNull(shape.min)],
          ["max", numberOrNull(shape.max)],
          ["multipleOf", numberOrNull(shape.multipleOf)],
        ]),
      );
    case "boolean":
    case "json":
      return make(shape.kind);
    case "string":
      return make(
        shape.format ?? "string",
        ...limits([
          ["minLength", numberOrNull(shape.minLength)],
          ["maxLength", numberOrNull(shape.maxLength)],
          ["pattern", shape.pattern === null ? null : string(shape.pattern)],
        ]),
      );
    case "enum":
      return make("enumOf", ...shape.values.map(string));
    case "ref":
      return make("ref", string(shape.type));
    case "list":
      return make(
        "list",
        shapeExpression(shape.item, scope),
        ...limits([
          ["minItems", numberOrNull(shape.minItems)],
          ["maxItems", numberOrNull(shape.maxItems)],
        ]),
      );
    case "map":
      return make("map", shapeExpression(shape.value, scope));
    case "optional":
      return make("optional", shapeExpression(shape.inner, scope));
    case "union":
      return make("union", ...shape.members.map((member) => shapeExpression(member, scope)));
    case "file":
      return make("file", ...fileLimits(shape));
    case "error":
      throw new Error(`a contract with a ${shape.kind} shape must not be planned`);
    default:
      return assertNever(shape);
  }
}

/** What a file may be, for its definition and its schemas alike. */
export const fileLimits = ({
  maxBytes,
  accept,
}: Extract<Shape, { kind: "file" }>): readonly Expression[] =>
  limits([
    ["maxBytes", numberOrNull(maxBytes)],
    ["accept", accept === null ? null : array(accept.map(string))],
  ]);

function numberOrNull(value: number | null): Expression | null {
  return value === null ? null : number(value);
}

/** The limits that are set, as one object; nothing when none is. */
function limits(
  all: readonly (readonly [name: string, value: Expression | null])[],
): readonly Expression[] {
  const set = all.flatMap(([name, value]) => (value === null ? [] : [property(name, value)]));
  return set.length === 0 ? [] : [object(set)];
}
