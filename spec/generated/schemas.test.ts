/**
 * The schemas that are generated against the server itself: for random inputs of every function, both accept or
 * both refuse, and fill in the same. So a form that checks what it sends says what the server will say.
 */
import fc from "fast-check";
import type { ContractDefinition, Field, Shape } from "../../runtime/server/definition.js";
import { createCompiler } from "../../runtime/server/values/compile.js";
import { Issues } from "../../runtime/server/values/issues.js";
import { toSchemaName, toPascal } from "../../ir/naming.js";
import { objectsOf } from "../support/json-values.js";
import { readCases } from "./cases.js";

const mockCreateServer = jest.fn();
jest.mock("@mizan/runtime/abi/v1/server", () => ({
  ...jest.requireActual("@mizan/runtime/abi/v1/server"),
  createServer: mockCreateServer,
}));

type Schema = {
  readonly safeParse: (value: unknown) => { readonly success: boolean; readonly data?: unknown };
};

async function contractOf(name: string): Promise<ContractDefinition> {
  const { createMizan } = await import(`../../generated/${name}/server/mizan.js`);
  createMizan({});
  return mockCreateServer.mock.lastCall?.[0];
}

/** Whether any part of a shape is of a kind. */
function has(kind: Shape["kind"], shape: Shape, structs: ReadonlyMap<string, readonly Field[]>) {
  const seen = new Set<string>();
  const look = (part: Shape): boolean => {
    if (part.kind === kind) return true;
    switch (part.kind) {
      case "list":
        return look(part.item);
      case "map":
        return look(part.value);
      case "optional":
        return look(part.inner);
      case "union":
        return part.members.some(look);
      case "ref":
        if (seen.has(part.type)) return false;
        seen.add(part.type);
        return (structs.get(part.type) ?? []).some((field) => look(field.shape));
      default:
        return false;
    }
  };
  return look(shape);
}

describe.each(["shop", "hostile", "wireapp"])("%s", (name) => {
  test.each(["server", "client"])("the schemas of the %s are those of the server", async (side) => {
    const schemas: Readonly<Record<string, Schema | undefined>> = await import(
      `../../generated/${name}/${side}/schemas.js`
    );
    const contract = await contractOf(name);
    const written = readCases().find((each) => each.name === name)?.canonical.functions ?? [];
    const structs = new Map(contract.structs.map((struct) => [struct.name, struct.fields]));
    const compiler = createCompiler(contract.structs);
    let compared = 0;
    let accepted = 0;
    for (const fn of contract.functions) {
      const { inputType = null, camel = fn.name } =
        written.find((own) => own.name === fn.name) ?? {};
      const names =
        inputType === null ? [`${toPascal(camel)}Input`] : [`${inputType}In`, inputType];
      const schema = names.map((each) => schemas[toSchemaName(each)]).find((each) => each);
      const shapes = fn.input.map(({ shape }) => shape);
      if (schema === undefined || shapes.some((shape) => has("file", shape, structs))) continue;
      compared += 1;
      const keepsMore = shapes.some((shape) => has("union", shape, structs));
      const codec = compiler.structOf(fn.input);
      const property = fc.property(
        objectsOf(fn.input, (type) => structs.get(type)),
        (drawn) => {
          const value: unknown = JSON.parse(JSON.stringify(drawn));
          const issues = new Issues();
          const ours = codec.parse(value, issues);
          const theirs = schema.safeParse(value);
          expect([issues.toText(), issues.count === 0]).toEqual([issues.toText(), theirs.success]);
          if (!theirs.success) return;
          accepted += 1;
          // Of two arms that fit, ours may be the one that keeps more of a value.
          if (!keepsMore) expect(theirs.data).toEqual(ours);
        },
      );
      fc.assert(property, { numRuns: 100, seed: 20_240_102 });
    }
    expect(compared).toBeGreaterThan(8);
    expect(accepted).toBeGreaterThan(compared * 20);
  });
});
