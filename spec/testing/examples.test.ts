/**
 * Examples of every type and output of every generated contract, and of random shapes: the same for the same
 * seed, and let pass by whoever checks values. The schemas of a client are one such check, the server's codecs
 * are another.
 */
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  boolean,
  enumOf,
  exampleOf,
  exampleValueOf,
  field,
  integer,
  list,
  map,
  number,
  optional,
  ref,
  string,
  union,
  type ContractDefinition,
  type Shape,
} from "@mizan/runtime/abi/v1/testing";
import { createCompiler } from "../../runtime/server/values/compile.js";
import { Issues } from "../../runtime/server/values/issues.js";
import { exampleOrder, exampleProfile, exampleRole } from "../../generated/shop/client/testing.js";

const seeds = [0, 1, 2, 3, 4, 5, 77, 123_456_789, Number.MAX_SAFE_INTEGER];

type Schema = { readonly parse: (value: unknown) => unknown };
type Module = Readonly<Record<string, unknown>>;
const load = (path: string): Module => jest.requireActual<Module>(path);
const isMaker = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === "function";
const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && "parse" in value;

const root = join(__dirname, "../../generated");
const cases = readdirSync(root).map((name) => ({ name }));

test("there are contracts to make examples of", () => expect(cases.length).toBeGreaterThan(80));

test.each(cases)("a client of $name takes what examples hold", ({ name }) => {
  const testing = load(join(root, name, "client/testing"));
  const schemas = load(join(root, name, "client/schemas"));
  const text = readFileSync(join(root, name, "client/testing.ts"), "utf8");
  for (const [exported, make] of Object.entries(testing)) {
    if (!exported.startsWith("example") || !isMaker(make)) continue;
    const typeName = exported.slice("example".length);
    const schema = schemas[`${typeName.charAt(0).toLowerCase()}${typeName.slice(1)}Schema`];
    if (!isSchema(schema)) throw new Error(`no schema for ${exported}`);
    // A struct's takes what is given first, another one the seed alone.
    const isStruct =
      text.includes(`export const ${exported}: Example<`) ||
      text.includes(`export const ${exported}: Example$<`);
    for (const seed of seeds) {
      const value = isStruct ? make({}, seed) : make(seed);
      const again = isStruct ? make({}, seed) : make(seed);
      expect(again).toEqual(value);
      expect([exported, seed, schema.parse(value)]).toEqual([exported, seed, value]);
    }
  }
});

test("the first one is what people would write", () => {
  expect(exampleProfile()).toEqual({
    user_id: 1,
    name: "name 1",
    email: "email1@example.com",
    role: expect.stringMatching(/^(admin|member|guest)$/),
    tags: ["tags 10", "tags 11"],
    joined_at: "2024-01-02T09:00:00Z",
  });
  expect(exampleOrder().lines.map(({ sku }) => sku)).toEqual(["sku 10", "sku 11"]);
  expect([1, 2, 3].map((seed) => exampleOrder({}, seed).id)).toEqual([1, 2, 3]);
});

test("what is given stays, in the declared place, and is not looked at", () => {
  const profile = exampleProfile({ tags: [], name: "Ada" }, 5);
  expect(profile).toMatchObject({ user_id: 5, name: "Ada", tags: [] });
  expect(Object.keys(profile)).toEqual(Object.keys(exampleProfile()));
});

test("over seeds, nullable fields are null and not, and choices differ", () => {
  const emails = seeds.map((seed) => exampleProfile({}, seed).email === null);
  expect(new Set(emails)).toEqual(new Set([true, false]));
  expect(exampleProfile().email).not.toBeNull();
  expect(new Set(seeds.map((seed) => exampleRole(seed))).size).toBeGreaterThan(1);
});

test.each([-1, 0.5, NaN, Infinity, "1" as unknown as number])("the seed %p is refused", (seed) => {
  expect(() => exampleProfile({}, seed)).toThrow(TypeError);
});

// ---- shapes that no contract of ours has

const contractOf = (structs: ContractDefinition["structs"] = []): ContractDefinition => ({
  hash: "0123456789abcdef",
  structs,
  errors: [],
  contexts: [],
  functions: [],
});
const valueOf = (shape: Shape, seed?: number): unknown =>
  exampleValueOf(contractOf())<unknown>(shape)(seed);

/** What the server says against a value. */
function faults(shape: Shape, value: unknown, structs: ContractDefinition["structs"] = []): number {
  const issues = new Issues();
  createCompiler(structs).codecOf(shape).encode(value, issues);
  return issues.count;
}

test.each([
  "^[A-Z]{3}-\\d{4}$",
  "^(?:red|green|blue)$",
  "^(?<a>[ab])x\\k<a>\\1$",
  "^[^a-zA-Z0-9]+$",
  "^\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)*$",
  "^(?=.*\\d)[a-z\\d]{8,}$",
  "^\\u{1F600}\\x41\\u0042\\t$",
  "[0-9]{2}",
  "^$",
  "^a|b$",
  "^[\\]\\\\-]{2}$",
  "^\\+?[1-9]\\d{1,14}$",
  "^(?:\\d{1,3}\\.){3}\\d{1,3}$",
  "^#(?:[0-9a-f]{3}){1,2}$",
  "\\bword\\b",
])("the pattern %s has examples", (pattern) => {
  for (const seed of seeds) {
    const text = valueOf(string({ pattern }), seed);
    expect(text).toMatch(new RegExp(pattern, "u"));
  }
});

test("a pattern and lengths are kept together", () => {
  const shape = string({ pattern: "^[a-z]+$", minLength: 40, maxLength: 41 });
  for (const seed of seeds) expect(faults(shape, valueOf(shape, seed))).toBe(0);
});

test("where a pattern is beyond it, the field is named, and may be given", () => {
  const item = { name: "Item", fields: [field("code", string({ pattern: "^(?!.)x$" }))] };
  const exampleItem = exampleOf(contractOf([item]))<{ code: string }>("Item");
  expect(() => exampleItem()).toThrow(/Item\.code .*overrides/);
  expect(exampleItem({ code: "y" })).toEqual({ code: "y" });
});

test("types within themselves end, whatever way leads back", () => {
  const structs = [
    { name: "Tree", fields: [field("name", string()), field("branches", list(ref("Tree")))] },
    { name: "Chain", fields: [field("next", optional(ref("Chain"))), field("tree", ref("Tree"))] },
    { name: "Either", fields: [field("it", union(ref("Either"), integer()))] },
    { name: "Named", fields: [field("by", map(ref("Named")))] },
    { name: "Ping", fields: [field("pong", union(ref("Pong"), ref("End")))] },
    { name: "Pong", fields: [field("pings", list(ref("Ping"), { minItems: 1 }))] },
    { name: "End", fields: [] },
  ];
  for (const { name } of structs) {
    const make = exampleOf(contractOf(structs))<object>(name);
    for (const seed of seeds) {
      const value = make({}, seed);
      expect(JSON.stringify(value).length).toBeLessThan(5000);
      expect([name, faults(ref(name), value, structs)]).toEqual([name, 0]);
    }
  }
  expect(exampleOf(contractOf(structs))<object>("Tree")()).toMatchObject({
    branches: [{ name: "name 10", branches: [] }, { name: "name 11" }],
  });
});

test("names that every object has are data", () => {
  const odd = ["__proto__", "constructor", "toString"].map((name) => field(name, integer()));
  const value = exampleOf(contractOf([{ name: "Odd", fields: odd }]))<object>("Odd")();
  expect(Object.entries(value)).toEqual([
    ["__proto__", 1],
    ["constructor", 1],
    ["toString", 1],
  ]);
});

const limits = (least: number, most: number): fc.Arbitrary<{ min?: number; max?: number }> =>
  fc
    .tuple(fc.option(fc.integer({ min: least, max: most })), fc.option(fc.nat(50)))
    .map(([min, span]) => ({
      ...(min !== null && { min }),
      ...(span !== null && { max: (min ?? 0) + span }),
    }));

const shapes = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    limits(-1000, 1000).map(integer),
    limits(-5, 5).map(number),
    fc.constantFrom(0.1, 0.25, 3, 10).map((multipleOf) => number({ multipleOf, min: -2 })),
    fc.constant(integer({ multipleOf: 7, min: 100, max: 110 })),
    fc.constant(boolean()),
    fc
      .constantFrom("datetime", "time", "decimal", "email", "url", "bytes")
      .map((kind) => ({ kind }) as const),
    fc.constantFrom("date", "uuid").map((kind) => ({ kind }) as const),
    limits(0, 60).map(({ min, max }) =>
      string({
        ...(min !== undefined && { minLength: min }),
        ...(max !== undefined && { maxLength: max }),
      }),
    ),
    fc
      .tuple(
        fc.constantFrom("datetime", "time", "decimal", "email", "url"),
        fc.integer({ min: 0, max: 60 }),
      )
      .map(([kind, minLength]) => ({ kind, minLength }) as const),
    fc.uniqueArray(fc.string(), { minLength: 1 }).map((values) => enumOf(...values)),
    fc.tuple(tie("shape"), limits(0, 3)).map(([item, { min, max }]) =>
      list(item, {
        ...(min !== undefined && { minItems: min }),
        ...(max !== undefined && { maxItems: max }),
      }),
    ),
    tie("shape").map(map),
    tie("shape").map(optional),
    fc.array(tie("shape"), { minLength: 1, maxLength: 3 }).map((members) => union(...members)),
  ),
}));

test("a server takes the examples of any shape", () => {
  fc.assert(
    fc.property(shapes.shape, fc.nat(), (shape, seed) => {
      const value = valueOf(shape, seed);
      expect(faults(shape, value)).toBe(0);
      expect(valueOf(shape, seed)).toEqual(value);
    }),
    { numRuns: 1500, seed: 20 },
  );
});
