/** Shapes and fields of the contract as TypeScript types, for one side and one direction. */
import { assertNever } from "../../ir/assert-never.js";
import { mayBeAbsent, type Side, type Use } from "../../ir/forms.js";
import type { ContextParam, Deprecation, Field, Fn, Shape } from "../../ir/model/canonical.js";
import type { DocumentedMember } from "../layout/declarations.js";
import { arrayOf, keyword, mapOf, reference, unionOf, type TypeNode } from "../layout/types.js";
import { docLines, type DocLine } from "../text.js";
import type { World } from "./names.js";
import type { Scope } from "./scope.js";

/** Where a type is printed: in which module, for which side, for what goes in or for what comes out. */
export type Setting = {
  readonly world: World;
  readonly scope: Scope;
  readonly side: Side;
  readonly use: Use;
};

function shapeType(shape: Shape, setting: Setting): TypeNode {
  switch (shape.kind) {
    case "integer":
    case "number":
      return keyword("number");
    case "boolean":
      return keyword("boolean");
    case "string":
      return stringType(shape, setting);
    case "json":
      return keyword("unknown");
    case "enum":
      return shape.name === null
        ? unionOf(shape.values.map((value) => ({ kind: "literal", value })))
        : reference(nameOf(shape.name, setting));
    case "ref":
      return reference(nameOf(shape.type, setting));
    case "list":
      return arrayOf(shapeType(shape.item, setting));
    case "map":
      return mapOf(shapeType(shape.value, setting));
    case "optional":
      return nullable(shapeType(shape.inner, setting));
    case "union":
      return nullLast(unionOf(shape.members.map((member) => shapeType(member, setting))));
    case "file":
      return reference(
        setting.side === "client"
          ? setting.scope.global("Blob")
          : setting.scope.abiType("server", "UploadedFile"),
      );
    case "error":
      throw new Error(`a contract with a ${shape.kind} shape must not be planned`);
    default:
      return assertNever(shape);
  }
}

/** What a handler answers may be richer than the text that travels. */
function stringType(shape: Shape & { kind: "string" }, { scope, side, use }: Setting): TypeNode {
  const text = keyword("string");
  if (side === "client" || use === "in") return text;
  if (shape.format === "datetime") return unionOf([text, reference(scope.global("Date"))]);
  if (shape.format === "bytes") return unionOf([text, reference(scope.global("Uint8Array"))]);
  return text;
}

function nameOf(name: string, { scope, side, use }: Setting) {
  return scope.type(scope.typeName(name, side, use));
}

export function nullable(type: TypeNode): TypeNode {
  return nullLast(unionOf([type, keyword("null")]));
}

function orUndefined(type: TypeNode): TypeNode {
  return unionOf([type, keyword("undefined")]);
}

/** People read `string | Date | null`, however the contract has it. */
function nullLast(type: TypeNode): TypeNode {
  if (type.kind !== "union") return type;
  const isNull = (member: TypeNode): boolean => member.kind === "keyword" && member.name === "null";
  return {
    kind: "union",
    members: [...type.members.filter((member) => !isNull(member)), ...type.members.filter(isNull)],
  };
}

/** What a function answers; `null` for nothing. */
export function outputType(output: Shape | null, setting: Setting): TypeNode {
  return output === null ? keyword("null") : shapeType(output, { ...setting, use: "out" });
}

/** A page and an element of it; null for a function whose answers are no pages. */
export function pageTypes(
  { output, paginate }: Fn,
  setting: Setting,
): readonly [TypeNode, TypeNode] | null {
  if (paginate === null) return null;
  const element: Shape = { kind: "ref", type: paginate.element };
  return [outputType(output, setting), outputType(element, setting)];
}

export function members(fields: readonly Field[], setting: Setting): readonly DocumentedMember[] {
  return fields.map((field) => {
    const canLack =
      setting.side === "client" && setting.use === "in" ? field.omittable : mayBeAbsent(field);
    const type = shapeType(field.shape, setting);
    return {
      name: field.name,
      readonly: false,
      optional: canLack,
      type: canLack ? orUndefined(type) : type,
      doc: docLines([field.doc, deprecation(field.deprecated)]),
    };
  });
}

/** The params of a context as a provider is given them. */
export function paramMembers(
  params: readonly ContextParam[],
  setting: Setting,
): readonly DocumentedMember[] {
  return params.map((param) => {
    const { name, shape, needed } = param;
    const inner = needed && shape.kind === "optional" ? shape.inner : shape;
    const type = shapeType(inner, setting);
    return {
      name,
      readonly: false,
      optional: !needed,
      type: needed ? type : orUndefined(type),
      doc: describeParam(param, setting.world),
    };
  });
}

/** What the first function that says something of a param says; it is deprecated where all have it so. */
function describeParam({ name, sharedBy }: ContextParam, world: World): readonly DocLine[] {
  const [first = ""] = sharedBy;
  const functions = world.contextOf.get(`function ${first}`)?.functions ?? [];
  const fields = functions.flatMap(({ fn }) => fn.input.filter((field) => field.name === name));
  const doc = fields.find((field) => field.doc !== null)?.doc ?? null;
  const isDeprecated = fields.every(({ deprecated }) => deprecated !== null);
  return describe({ doc, deprecated: isDeprecated ? (fields[0]?.deprecated ?? null) : null });
}

export function deprecation(deprecated: Deprecation | null): string | null {
  return deprecated === null ? null : `@deprecated ${deprecated.reason ?? ""}`.trimEnd();
}

/** The documentation of a function or type, with its deprecation. */
export function describe(node: {
  readonly doc: string | null;
  readonly deprecated?: Deprecation | null;
}): readonly DocLine[] {
  return docLines([node.doc, deprecation(node.deprecated ?? null)]);
}
