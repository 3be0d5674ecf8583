/** `types.ts` of either side: interfaces of structs and inputs, enums, and what calls can fail with. */
import type { Side } from "../../ir/forms.js";
import type { DeclaredError, Enum, Field, Type } from "../../ir/model/canonical.js";
import { toErrorTypeName, type FunctionNames } from "../../ir/naming.js";
import { aliasText, interfaceText } from "../layout/declarations.js";
import { objectOf, reference, unionOf, type TypeNode } from "../layout/types.js";
import { docLines, toIdentifier, type Code } from "../text.js";
import { toTexts, type DeclarationView, type DeclarationsView } from "./declaration.js";
import { namedTypesOf, nodesOf } from "./named-types.js";
import { publicFunctions, type NamedFunction, type World } from "./names.js";
import { createScope, type Scope } from "./scope.js";
import { describe, members, type Setting } from "./shapes.js";

export function clientTypesView(world: World): DeclarationsView {
  const scope = createScope(world, "client/types.ts", [], null);
  const functions = publicFunctions(world);
  return {
    scope,
    declarations: [
      ...namedTypes(world, scope, "client"),
      ...scope.texts("errors", [world.canonical.errors, world.functions, world.views], () =>
        scope.declarations(
          "error",
          visibleErrors(world),
          (error) => [error],
          (error) => toTexts([errorType(error, { world, scope, side: "client", use: "out" })]),
        ),
      ),
      ...scope.texts("functions", [world.functions], () =>
        scope.declarations(
          "function",
          functions,
          ({ fn }) => [fn],
          (named) =>
            toTexts([
              ...inputType(named, { world, scope, side: "client", use: "in" }),
              failureType(named, world, scope),
            ]),
        ),
      ),
    ],
  };
}

/** Of a server, or of the fakes of tests, which get and answer what its handlers do. */
export function serverTypesView(world: World): DeclarationsView {
  const scope = createScope(world, "server/types.ts", [], null);
  return {
    scope,
    declarations: [
      ...namedTypes(world, scope, "server"),
      ...scope.texts("functions", [world.functions], () =>
        scope.declarations(
          "function",
          world.functions,
          ({ fn }) => [fn],
          (named) => toTexts(inputType(named, { world, scope, side: "server", use: "in" })),
        ),
      ),
      ...world.views.flatMap(({ view, names }) =>
        scope.texts("view", [view], () =>
          toTexts(ownInputType(view.input, names, { world, scope, side: "server", use: "in" })),
        ),
      ),
    ],
  };
}

function namedTypes(world: World, scope: Scope, side: Side): readonly Code[] {
  return scope.declarations("type", namedTypesOf(world, side, "types"), nodesOf, (named) =>
    toTexts(
      named.uses.map((use) => {
        const setting: Setting = { world, scope, side, use };
        return named.kind === "struct"
          ? structType(named.node, setting)
          : enumType(named.node, setting);
      }),
    ),
  );
}

function structType(type: Type, setting: Setting): DeclarationView {
  const { world, scope, side, use } = setting;
  return {
    doc: describe(type),
    text: interfaceText(
      toIdentifier(scope.typeName(type.name, side, use)),
      members(type.fields, setting),
      world.layout,
    ),
  };
}

function enumType(each: Enum, { world, scope, side, use }: Setting): DeclarationView {
  return {
    doc: docLines(withList(each.doc, each.values, ({ value }) => value)),
    text: aliasText(
      toIdentifier(scope.typeName(each.name, side, use)),
      unionOf(each.values.map(({ value }) => ({ kind: "literal", value }))),
      world.layout,
    ),
  };
}

/** A text, and below it what is said of the parts that have no lines of their own. */
function withList<Part extends { readonly doc: string | null }>(
  text: string | null,
  parts: readonly Part[],
  nameOf: (part: Part) => string,
): readonly (string | null)[] {
  const said = parts.filter(({ doc }) => doc !== null);
  return [
    text,
    text !== null && said.length > 0 ? "" : null,
    ...said.map((part) => `- \`${nameOf(part)}\`: ${part.doc ?? ""}`),
  ];
}

function inputType({ fn, names }: NamedFunction, setting: Setting): readonly DeclarationView[] {
  return fn.inputType === null ? ownInputType(fn.input, names, setting) : [];
}

function ownInputType(
  input: readonly Field[],
  { inputType: name }: FunctionNames,
  setting: Setting,
): readonly DeclarationView[] {
  if (input.length === 0) return [];
  return [
    {
      doc: [],
      text: interfaceText(toIdentifier(name), members(input, setting), setting.world.layout),
    },
  ];
}

/** All that a client can meet: those of public functions, and those that nothing declares yet. */
function visibleErrors(world: World): readonly DeclaredError[] {
  const met = new Set(publicFunctions(world).flatMap(({ fn }) => fn.errors));
  const declared = new Set([
    ...world.functions.flatMap(({ fn }) => fn.errors),
    ...world.views.flatMap(({ view }) => view.errors),
  ]);
  return world.canonical.errors.filter(({ name }) => met.has(name) || !declared.has(name));
}

function errorType(error: DeclaredError, setting: Setting): DeclarationView {
  const { world, scope } = setting;
  const details: TypeNode =
    error.fields.length === 0
      ? reference(scope.abiType("client", "NoDetails"))
      : objectOf(members(error.fields, setting));
  return {
    doc: docLines(
      withList(error.doc ?? `${error.message} (${error.status})`, error.fields, ({ name }) => name),
    ),
    text: aliasText(
      toIdentifier(toErrorTypeName(error.name)),
      reference(
        scope.abiType("client", "DeclaredError"),
        { kind: "literal", value: error.code },
        details,
      ),
      world.layout,
    ),
  };
}

function failureType({ fn, names }: NamedFunction, world: World, scope: Scope): DeclarationView {
  return {
    doc: [],
    text: aliasText(toIdentifier(names.errorType), failureOf(fn.errors, scope), world.layout),
  };
}

/** `UserNotFoundError | ProtocolError`; `errors` by name, as often as they come. */
export function failureOf(errors: readonly string[], scope: Scope): TypeNode {
  const declared = errors.map((name) => reference(scope.type(toErrorTypeName(name))));
  return unionOf([...declared, reference(scope.abiType("client", "ProtocolError"))]);
}
