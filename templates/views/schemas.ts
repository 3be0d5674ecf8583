/**
 * `schemas.ts` of either side: zod schemas of types, inputs and outputs, one constant each. The server's
 * import `zod`, a client's `zod/mini`; both are written in the functional style that the two share.
 *
 * Each schema is made at its first use, inside `define`: an importing page pays for none that it does not
 * use, a bundler drops the others, and types may refer to each other in any order.
 */
import { assertNever } from "../../ir/assert-never.js";
import type { Side, Use } from "../../ir/forms.js";
import type { Field, Shape } from "../../ir/model/canonical.js";
import { toSchemaName, type FunctionNames } from "../../ir/naming.js";
import { constantText } from "../layout/declarations.js";
import {
  array,
  call,
  identifier,
  method,
  number,
  object,
  property,
  pure,
  string,
  type Expression,
} from "../layout/expressions.js";
import { reference, type TypeNode } from "../layout/types.js";
import { toIdentifier, type Code } from "../text.js";
import { toTexts, type DeclarationView, type DeclarationsView } from "./declaration.js";
import { fileLimits, literalExpression, shapeToFill } from "./definitions.js";
import { namedTypesOf, nodesOf } from "./named-types.js";
import { publicFunctions, type NamedFunction, type World } from "./names.js";
import { createScope, type Scope } from "./scope.js";
import { outputType } from "./shapes.js";

type Setting = {
  readonly world: World;
  readonly scope: Scope;
  readonly side: Side;
  readonly use: Use;
};

export function schemasView(world: World, side: Side): DeclarationsView {
  const functions = side === "server" ? world.functions : publicFunctions(world);
  const { printed } = world.forms[side];
  const declared = {
    facts: [printed, world.functions, world.views],
    names: () =>
      [
        ...printed,
        ...functions.flatMap((named) => [named.names.inputType, named.names.outputType]),
        ...(side === "server" ? world.views : []).map(({ names }) => names.inputType),
      ].map(toSchemaName),
  };
  const scope = createScope(world, `${side}/schemas.ts`, declared, "./types.js");
  return {
    scope,
    declarations: [
      ...namedSchemas(world, scope, side),
      ...scope.texts("functions", [world.functions], () =>
        scope.declarations(
          "function",
          functions,
          ({ fn, namesOutput }) => [fn, namesOutput],
          (named) =>
            toTexts([
              ...inputSchema(named, { world, scope, side, use: "in" }),
              ...outputSchema(named, { world, scope, side, use: "out" }),
            ]),
        ),
      ),
      ...(side === "server" ? viewInputs(world, scope) : []),
    ],
  };
}

function namedSchemas(world: World, scope: Scope, side: Side): readonly Code[] {
  return scope.declarations("type", namedTypesOf(world, side, "schemas"), nodesOf, (named) => {
    const { name } = named.node;
    return toTexts(
      named.uses.map((use) => {
        const setting: Setting = { world, scope, side, use };
        const value =
          named.kind === "struct"
            ? structExpression(named.node.fields, setting)
            : enumExpression(
                named.node.values.map((each) => each.value),
                setting,
              );
        return namedSchema(name, value, setting);
      }),
    );
  });
}

function namedSchema(name: string, value: Expression, setting: Setting): DeclarationView {
  const { scope, side, use } = setting;
  const type = reference(scope.type(scope.typeName(name, side, use)));
  return schema(scope.schemaName(name, side, use), type, value, setting);
}

function inputSchema({ fn, names }: NamedFunction, setting: Setting): readonly DeclarationView[] {
  return fn.inputType === null ? ownInputSchema(fn.input, names, setting) : [];
}

function ownInputSchema(
  input: readonly Field[],
  { inputType: name }: FunctionNames,
  setting: Setting,
): readonly DeclarationView[] {
  if (input.length === 0) return [];
  const type = reference(setting.scope.type(name));
  return [schema(toSchemaName(name), type, structExpression(input, setting), setting)];
}

function viewInputs(world: World, scope: Scope): readonly Code[] {
  const setting: Setting = { world, scope, side: "server", use: "in" };
  return world.views.flatMap(({ view, names }) =>
    scope.texts("view", [view], () => toTexts(ownInputSchema(view.input, names, setting))),
  );
}

/** An output that is a type of its own, or is called after the function, has that type's schema. */
function outputSchema(
  { fn, names, namesOutput }: NamedFunction,
  setting: Setting,
): readonly DeclarationView[] {
  const output = fn.output;
  if (output === null || output.kind === "ref" || namesOutput) return [];
  if (output.kind === "enum" && output.name !== null) return [];
  const type = outputType(output, setting);
  return [schema(toSchemaName(names.outputType), type, shapeSchema(output, setting), setting)];
}

function schema(
  name: string,
  type: TypeNode,
  value: Expression,
  { world, scope, side }: Setting,
): DeclarationView {
  const entry = side === "server" ? "schemas" : "schemas-mini";
  const define = call(identifier(scope.abiValue(entry, "define")), {
    kind: "arrow",
    param: null,
    body: value,
  });
  return {
    doc: [],
    text: constantText(
      {
        name: toIdentifier(name),
        type: reference(scope.abiType(entry, "Schema"), type),
        value: pure({ ...define, typeArgument: type }),
        exported: true,
      },
      world.layout,
    ),
  };
}

// ---- shapes

function zod(scope: Scope, side: Side, name: string, ...args: readonly Expression[]): Expression {
  const z = scope.namespace(side === "server" ? "zod" : "zod/mini", "z");
  return method(identifier(z), toIdentifier(name), ...args);
}

function fromAbi(
  { scope, side }: Setting,
  name: string,
  ...args: readonly Expression[]
): Expression {
  const entry = side === "server" ? "schemas" : "schemas-mini";
  return call(identifier(scope.abiValue(entry, name)), ...args);
}

function structExpression(fields: readonly Field[], setting: Setting): Expression {
  const members = fields.map((field) => property(field.name, fieldSchema(field, setting)));
  const schemaOf = zod(setting.scope, setting.side, "object", object(members));
  const inherits = fields.some(({ name, omittable }) => omittable && name in Object.prototype);
  return inherits ? fromAbi(setting, "ownFields", schemaOf) : schemaOf;
}

/** What may be left out is filled in as the server would: a default, or null. */
function fieldSchema(field: Field, setting: Setting): Expression {
  const { scope, side, use } = setting;
  const shape = shapeToFill(field);
  const schemaOf = shapeSchema(shape, setting);
  if (!field.omittable) return schemaOf;
  const isNullable = shape.kind === "optional";
  const value = literalExpression(field.default) ?? (isNullable ? NULL : null);
  if (value === null) return zod(scope, side, "optional", schemaOf);
  return use === "in" ? zod(scope, side, "_default", schemaOf, value) : schemaOf;
}

const NULL: Expression = { kind: "null" };

function enumExpression(values: readonly string[], { scope, side }: Setting): Expression {
  // `z.enum` keeps its values as keys of an object, where `__proto__` would be lost.
  const maker = values.includes("__proto__") ? "literal" : "enum";
  return zod(scope, side, maker, array(values.map(string)));
}

function shapeSchema(shape: Shape, setting: Setting): Expression {
  const { scope, side, use } = setting;
  const z = (name: string, ...args: readonly Expression[]): Expression =>
    zod(scope, side, name, ...args);
  const sibling = (name: string): Expression =>
    identifier(toIdentifier(scope.schemaName(name, side, use)));
  const checked = (base: Expression, checks: readonly (Expression | null)[]): Expression => {
    const set = checks.filter((check) => check !== null);
    return set.length === 0 ? base : method(base, toIdentifier("check"), ...set);
  };
  const abi = (name: string, ...args: readonly Expression[]): Expression =>
    fromAbi(setting, name, ...args);
  const limit = (name: string, value: number | null): Expression | null =>
    value === null ? null : z(name, number(value));
  switch (shape.kind) {
    case "integer":
    case "number":
      return checked(z(shape.kind === "integer" ? "int" : "number"), [
        limit("gte", shape.min),
        limit("lte", shape.max),
        limit("multipleOf", shape.multipleOf),
      ]);
    case "boolean":
      return z("boolean");
    case "string":
      return checked(shape.format === null ? z("string") : abi(shape.format), [
        limit("minLength", shape.minLength),
        limit("maxLength", shape.maxLength),
        shape.pattern === null ? null : abi("pattern", string(shape.pattern)),
      ]);
    case "json":
      return z("json");
    case "enum":
      return shape.name === null ? enumExpression(shape.values, setting) : sibling(shape.name);
    case "ref":
      return sibling(shape.type);
    case "list":
      return checked(z("array", shapeSchema(shape.item, setting)), [
        limit("minLength", shape.minItems),
        limit("maxLength", shape.maxItems),
      ]);
    case "map":
      return z("record", z("string"), shapeSchema(shape.value, setting));
    case "optional":
      return z("nullable", shapeSchema(shape.inner, setting));
    case "union":
      return z("union", array(shape.members.map((member) => shapeSchema(member, setting))));
    case "file":
      return abi("file", ...fileLimits(shape));
    case "error":
      throw new Error(`a contract with a ${shape.kind} shape must not be planned`);
    default:
      return assertNever(shape);
  }
}
