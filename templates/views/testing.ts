/**
 * `<client>/testing.ts`: the contract as the server runtime wants it, `createTestMizan`, and examples of its
 * types. It is about a world of public functions (`public.ts`), and nothing that a page loads imports it.
 */
import type { Shape } from "../../ir/model/canonical.js";
import { toExampleName } from "../../ir/naming.js";
import { constantText } from "../layout/declarations.js";
import { array, call, identifier, pure, string, type Expression } from "../layout/expressions.js";
import { reference, type TypeNode } from "../layout/types.js";
import { toIdentifier, type Code, type Identifier } from "../text.js";
import { shapeExpression } from "./definitions.js";
import { predicatesOf } from "./handlers.js";
import { contractExpression } from "./mizan.js";
import { namedTypesOf } from "./named-types.js";
import type { World } from "./names.js";
import { createScope, type Scope } from "./scope.js";
import { outputType, type Setting } from "./shapes.js";

export type TestingView = {
  readonly scope: Scope;
  readonly contract: Code;
  readonly createTestMizan: Code;
  /** `const example = …`, which make them; none when there are none. */
  readonly makers: readonly Code[];
  readonly examples: readonly Code[];
};

/** What is exported for one type or one output. */
type Exported = { readonly name: string; readonly type: TypeNode } & (
  | { readonly kind: "struct"; readonly struct: string }
  | { readonly kind: "value"; readonly shape: Expression }
);

export function testingView(world: World, hash: string): TestingView {
  const types = namedTypesOf(world, "client", "types");
  const unnamed = world.functions.filter(
    ({ fn, namesOutput }) => fn.output !== null && !isNamed(fn.output) && !namesOutput,
  );
  const scope = createScope(
    world,
    "client/testing.ts",
    [
      "createTestMizan",
      ...types.map(({ node }) => toExampleName(world.typeName(node.name, "client", "out"))),
      ...unnamed.map(({ names }) => toExampleName(names.outputType)),
    ],
    "./types.js",
  );
  const setting: Setting = { world, scope, side: "client", use: "out" };
  const contract = scope.local("contract");
  const exported: readonly Exported[] = [
    ...types.map((named): Exported => {
      const typeName = world.typeName(named.node.name, "client", "out");
      const common = { name: toExampleName(typeName), type: reference(scope.type(typeName)) };
      return named.kind === "struct"
        ? { ...common, kind: "struct", struct: named.node.name }
        : {
            ...common,
            kind: "value",
            shape: call(
              identifier(scope.abiValue("server", "enumOf")),
              ...named.node.values.map(({ value }) => string(value)),
            ),
          };
    }),
    ...unnamed.flatMap(({ fn, names }): readonly Exported[] =>
      fn.output === null
        ? []
        : [
            {
              kind: "value",
              name: toExampleName(names.outputType),
              type: outputType(fn.output, setting),
              shape: shapeExpression(fn.output, scope),
            },
          ],
    ),
  ];
  const makers = {
    struct: { local: scope.local("example"), factory: "exampleOf", type: "Example" },
    value: { local: scope.local("exampleValue"), factory: "exampleValueOf", type: "ExampleOf" },
  };
  const kinds = (["struct", "value"] as const).filter((kind) =>
    exported.some((each) => each.kind === kind),
  );
  return {
    scope,
    contract: constantText(
      {
        name: contract,
        type: reference(scope.abiType("server", "ContractDefinition")),
        value: contractExpression(world, hash, scope),
        exported: false,
      },
      world.layout,
    ),
    createTestMizan: createTestMizan(world, contract, scope),
    makers: kinds.map((kind) =>
      constantText(
        {
          name: makers[kind].local,
          type: null,
          value: pure(
            call(identifier(scope.abiValue("server", makers[kind].factory)), identifier(contract)),
          ),
          exported: false,
        },
        world.layout,
      ),
    ),
    examples: exported.map((each) =>
      constantText(
        {
          name: toIdentifier(each.name),
          type: reference(scope.abiType("server", makers[each.kind].type), each.type),
          value: pure(
            call(
              identifier(makers[each.kind].local),
              each.kind === "struct" ? string(each.struct) : each.shape,
            ),
          ),
          exported: true,
        },
        world.layout,
      ),
    ),
  };
}

/** Whether an output has a type of its own, of which there is an example already. */
const isNamed = (output: Shape): boolean =>
  output.kind === "ref" || (output.kind === "enum" && output.name !== null);

function createTestMizan(world: World, contract: Identifier, scope: Scope): Code {
  const fakes = "./testing/handlers.js";
  const typeOf = (name: string): TypeNode => reference(scope.imported(fakes, name, "type"));
  return constantText(
    {
      name: toIdentifier("createTestMizan"),
      type: reference(
        scope.abiType("server", "CreateTestMizan"),
        typeOf("Fakes"),
        ...(predicatesOf(world).length === 0 ? [] : [typeOf("Predicates")]),
      ),
      value: pure(
        call(
          identifier(scope.abiValue("server", "testMizanOf")),
          identifier(contract),
          array(world.functions.map(({ fn }) => array([string(fn.camel), string(fn.name)]))),
        ),
      ),
      exported: true,
    },
    world.layout,
  );
}
