/**
 * The codecs against zod: for random shapes and values, both accept or both refuse, and what they let pass is
 * the same. The schemas are built as the generator prints them.
 *
 * Two things zod cannot say are left out of the values: half characters, and keys named `__proto__`.
 */
import fc from "fast-check";
import * as z from "zod";
import {
  bytes,
  date,
  datetime,
  decimal,
  email,
  pattern,
  time,
  url,
  uuid,
} from "../../abi/v1/schemas.js";
import {
  boolean,
  enumOf,
  field,
  integer,
  json,
  list,
  map,
  number,
  optional,
  string,
  union,
} from "../define.js";
import { objectsOf, samples } from "../../../spec/support/json-values.js";
import type { TextFormat } from "../../wire/formats.js";
import type { Field, Shape } from "../definition.js";
import { createCompiler } from "./compile.js";
import { Issues } from "./issues.js";

type Use = "in" | "out";

const textFormats = { bytes, date, datetime, decimal, email, time, url, uuid };

/** A schema with those of its limits that are set. */
function limited<T>(
  base: z.ZodType<T>,
  checks: readonly (z.core.$ZodCheck<T> | undefined)[],
): z.ZodType<T> {
  return base.check(...checks.filter((check) => check !== undefined));
}
const given = <Limit, T>(
  limit: Limit | undefined,
  make: (limit: Limit) => z.core.$ZodCheck<T>,
): z.core.$ZodCheck<T> | undefined => (limit === undefined ? undefined : make(limit));

function zodOf(shape: Shape): z.ZodType {
  switch (shape.kind) {
    case "integer":
    case "number":
      return limited(shape.kind === "integer" ? z.int() : z.number(), [
        given(shape.min, z.gte),
        given(shape.max, z.lte),
        given(shape.multipleOf, z.multipleOf),
      ]);
    case "boolean":
      return z.boolean();
    case "json":
      return z.json();
    case "enum":
      return z.enum([...shape.values]);
    case "ref":
      throw new Error("no named types here");
    case "list":
      return limited(z.array(zodOf(shape.item)), [
        given(shape.minItems, z.minLength),
        given(shape.maxItems, z.maxLength),
      ]);
    case "file":
      throw new Error("no JSON value is a file");
    case "map":
      return z.record(z.string(), zodOf(shape.value));
    case "optional":
      return z.nullable(zodOf(shape.inner));
    case "union":
      return z.union(shape.members.map(zodOf));
    default:
      return limited(shape.kind === "string" ? z.string() : textFormats[shape.kind](), [
        given(shape.minLength, z.minLength),
        given(shape.maxLength, z.maxLength),
        given(shape.pattern, pattern),
      ]);
  }
}

function fieldOf({ shape, omittable, default: value }: Field, use: Use): z.ZodType {
  const schema = zodOf(shape);
  if (omittable !== true) return schema;
  const filled = value ?? (shape.kind === "optional" ? null : undefined);
  if (filled === undefined) return z.optional(schema);
  return use === "in" ? z._default(schema, filled) : schema;
}

const objectOf = (fields: readonly Field[], use: Use): z.ZodType =>
  z.object(Object.fromEntries(fields.map((each) => [each.name, fieldOf(each, use)])));

// ---- random shapes

const formats = Object.keys(samples) as TextFormat[];
const limit = fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined });
const size = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });

/** Without the keys whose value is undefined. */
const present = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const leafShape: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({ min: limit, max: limit }).map((limits) => integer(present(limits))),
  fc
    .record({ min: limit, multipleOf: fc.constantFrom(undefined, 0.1, 0.07, 2) })
    .map((limits) => number(present(limits))),
  fc.constant(boolean()),
  fc.constant(json()),
  fc
    .record({
      minLength: size,
      maxLength: size,
      pattern: fc.constantFrom(undefined, "^a", "\\p{Lu}", "b$"),
    })
    .map((limits) => string(present(limits))),
  fc.constantFrom(...formats).map((kind): Shape => ({ kind })),
  fc.constant(enumOf("a", "b", "constructor")),
);
const { shape: anyShape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: leafShape },
    { weight: 1, arbitrary: tie("shape").map(optional) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("shape"), fc.record({ minItems: size, maxItems: size }))
        .map(([item, limits]) => list(item, present(limits))),
    },
    { weight: 1, arbitrary: tie("shape").map(map) },
    {
      weight: 1,
      arbitrary: fc.array(tie("shape"), { minLength: 2, maxLength: 3 }).map((all) => union(...all)),
    },
  ),
}));

const fieldsOf = fc
  .array(fc.tuple(anyShape, fc.constantFrom("plain", "omittable", "default")), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) =>
    all.map(([shape, presence], index): Field => {
      const name = ["first", "second", "third"][index] ?? "more";
      if (presence === "plain") return field(name, shape);
      const omittable = true;
      return presence === "default" && shape.kind === "string"
        ? field(name, shape, { omittable, default: "a" })
        : field(name, shape, { omittable });
    }),
  );

const hasUnion = (shape: Shape): boolean => JSON.stringify(shape).includes('"union"');
const compiler = createCompiler([]);

describe.each<Use>(["in", "out"])("as what comes %s", (use) => {
  test("codecs and zod agree", () => {
    let accepted = 0;
    const property = fc.property(
      fieldsOf.chain((fields) => fc.tuple(fc.constant(fields), objectsOf(fields))),
      ([fields, value]) => {
        const issues = new Issues();
        const codec = compiler.structOf(fields);
        const ours = use === "in" ? codec.parse(value, issues) : codec.encode(value, issues);
        const theirs = objectOf(fields, use).safeParse(value);
        expect([issues.toText(), issues.count === 0]).toEqual([issues.toText(), theirs.success]);
        if (!theirs.success) return;
        accepted += 1;
        // Of two arms that fit, ours may be the one that keeps more of a value.
        if (!fields.some(({ shape }) => hasUnion(shape))) {
          expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs.data)));
        }
      },
    );
    fc.assert(property, { numRuns: 1500, seed: 20_240_102 });
    // Both would also agree if nothing were ever accepted.
    expect(accepted).toBeGreaterThan(300);
  });
});

test("both measure base64 by the megabyte", () => {
  const megabytes = "YWJj".repeat(2_000_000);
  expect(bytes().safeParse(megabytes).success).toBe(true);
  const issues = new Issues();
  compiler.codecOf({ kind: "bytes" }).parse(megabytes, issues);
  expect(issues.count).toBe(0);
});
