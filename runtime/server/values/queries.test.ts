/** Whatever a client writes into a query, the server reads as if it had come as JSON. */
import fc from "fast-check";
import {
  boolean,
  enumOf,
  field,
  integer,
  list,
  map,
  number,
  optional,
  ref,
  string,
} from "../define.js";
import type { Shape } from "../definition.js";
import { toQuery } from "../../wire/query.js";
import { parseQuery } from "../request/query.js";
import { createCompiler } from "./compile.js";
import { Issues } from "./issues.js";

type Drawn = { readonly shape: Shape; readonly values: fc.Arbitrary<unknown> };

const texts = fc.oneof(
  fc.constantFrom("", "null", "[1]", "5", "a b", "é&=+%", "\n"),
  fc.string({ unit: "binary" }),
);
const leaves: readonly Drawn[] = [
  { shape: integer(), values: fc.maxSafeInteger() },
  { shape: number(), values: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { shape: boolean(), values: fc.boolean() },
  { shape: string(), values: texts },
  { shape: enumOf("a", "null"), values: fc.constantFrom("a", "null") },
  { shape: ref("Leaf"), values: fc.record({ n: fc.maxSafeInteger(), t: fc.option(texts) }) },
];

const drawn: fc.Arbitrary<Drawn> = fc.letrec<{ any: Drawn }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...leaves),
    tie("any").map(({ shape, values }) => ({ shape: list(shape), values: fc.array(values) })),
    tie("any").map(({ shape, values }) => ({
      shape: map(shape),
      values: fc.dictionary(texts, values),
    })),
    tie("any").map(({ shape, values }) =>
      shape.kind === "optional"
        ? { shape, values }
        : { shape: optional(shape), values: fc.option(values) },
    ),
  ),
})).any;

const withoutOptional = (shape: Shape): Shape =>
  shape.kind === "optional" ? withoutOptional(shape.inner) : shape;

/** Nothing and no items look alike in a query, and so do null and the text `null` among texts. */
function canBeSaid(given: Shape, value: unknown): boolean {
  if (value === null || !Array.isArray(value)) return value !== null;
  const shape = withoutOptional(given);
  const isOfTexts =
    shape.kind === "list" && /^(?:string|enum)$/.test(withoutOptional(shape.item).kind);
  return value.length > 0 && !(isOfTexts && value.includes(null));
}

const { structOf } = createCompiler([
  {
    name: "Leaf",
    fields: [field("n", integer()), field("t", optional(string()), { omittable: true })],
  },
]);

test("a value is the same, however it came", () => {
  const cases = drawn.chain(({ shape, values }) => fc.tuple(fc.constant(shape), values));
  fc.assert(
    fc.property(cases, ([shape, value]) => {
      fc.pre(canBeSaid(shape, value));
      const input = structOf([field("p", shape)]);
      const issues = new Issues();
      const query = parseQuery(`${toQuery({ p: value })}`) ?? new Map();
      const read = input.coerceFields(query, issues);
      expect([issues.toText(), JSON.stringify(read)]).toEqual([
        "",
        JSON.stringify(input.parse({ p: value }, new Issues())),
      ]);
    }),
    { numRuns: 500 },
  );
});
