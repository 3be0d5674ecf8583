/** The hostile contract's texts arrive in generated code unharmed: it is run, and compared with the contract. */
import { readCases } from "./cases.js";

const mockCreateServer = jest.fn();
jest.mock("@mizan/runtime/abi/v1/server", () => ({
  ...jest.requireActual("@mizan/runtime/abi/v1/server"),
  createServer: mockCreateServer,
}));

const hostile = readCases().find(({ name }) => name === "hostile");

test("the server's definition and handlers are those of the contract", async () => {
  const { createMizan } = await import("../../generated/hostile/server/mizan.js");
  Reflect.apply(createMizan, undefined, [{}]);
  const [contract, handlers] = mockCreateServer.mock.calls[0] ?? [];
  const { functions, views, errors, types } = hostile?.canonical ?? {
    functions: [],
    views: [],
    errors: [],
    types: [],
  };

  expect(contract.functions.map(({ name }: { name: string }) => name)).toEqual(
    functions.map(({ name }) => name),
  );
  expect(contract.structs.map(({ name }: { name: string }) => name)).toEqual(
    types.map(({ name }) => name),
  );
  expect(contract.errors).toMatchObject(
    errors.map(({ name, code, status, message }) => ({ name, code, status, message })),
  );
  expect(Object.keys(handlers)).toEqual([...functions, ...views].map(({ name }) => name));
  expect(Object.values(handlers).every((handler) => typeof handler === "function")).toBe(true);

  const enumFields = contract.functions.find(({ name }: { name: string }) => name === "enum").input;
  const written = functions.find(({ name }) => name === "enum")?.input ?? [];
  expect(
    enumFields.map((field: { name: string; default?: unknown }) => [field.name, field.default]),
  ).toEqual(
    written.map(({ name, default: literal }) => [
      name,
      literal === null || literal.kind === "null" ? undefined : literal.value,
    ]),
  );
  const nasty = hostile?.canonical.enums[0]?.values.map(({ value }) => value) ?? [];
  expect(enumFields[0].shape).toEqual({ kind: "enum", values: nasty });
  expect(new RegExp(enumFields[2].shape.pattern, "u").test("\"'`")).toBe(true);
  expect(enumFields[2].shape.pattern).toBe("^[\"'`\\\\/*$]{1,3}[^\\n]*$");
});

test("stubs answer 501 with whatever input they are given", async () => {
  const { enum$ } = await import("../../generated/hostile/handlers/enum.js");
  const notImplemented = jest.fn(() => new Error("501"));
  await expect(
    Reflect.apply(enum$, undefined, [{ value: "'" }, { notImplemented }]),
  ).rejects.toThrow("501");
});

test.each(["server", "client"] as const)("the schemas of the %s know every value", async (side) => {
  const schemas =
    side === "server"
      ? await import("../../generated/hostile/server/schemas.js")
      : await import("../../generated/hostile/client/schemas.js");
  for (const { value } of hostile?.canonical.enums[0]?.values ?? []) {
    expect(schemas.nastySchema.parse(value)).toBe(value);
  }
  expect(() => schemas.nastySchema.parse("nice")).toThrow();
  const filled = schemas.enumInputSchema.parse({ value: "`", pattern: "$" });
  expect(filled).toEqual({
    value: "`",
    text: "\"'`${x}*/\u2028</script>\\",
    pattern: "$",
    number: -0,
    big: 1e21,
    small: 1e-7,
    constructor: null,
    value_of: false,
    nothing: null,
    either: null,
  });
});

test.each(["server", "client"] as const)(
  "the schemas of the %s fill in what is inside",
  async (side) => {
    const schemas =
      side === "server"
        ? await import("../../generated/hostile/server/schemas.js")
        : await import("../../generated/hostile/client/schemas.js");
    const given = { readonly: "r" };
    const filled = { readonly: "r", writable: '"' };
    expect(schemas.listInputSchema.parse({ z: given })).toEqual({ z: filled });
    expect(schemas.readonlyInSchema.parse(given)).toEqual(filled);
    // An answer has it.
    expect(schemas.readonlySchema.safeParse(given).success).toBe(false);
    expect(schemas.readonlySchema.parse(filled)).toEqual(filled);
  },
);
