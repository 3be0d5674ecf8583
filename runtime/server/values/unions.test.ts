/**
 * Unions of structs, recursive ones above all: which arm a value takes, and that finding it costs no more than
 * a few looks at each part of the value, however deep it is and whichever arms fail.
 */
import {
  enumOf,
  field,
  integer,
  json,
  list,
  map,
  optional,
  ref,
  string,
  union,
} from "../define.js";
import type { Field, Shape, StructDefinition } from "../definition.js";
import { createCompiler } from "./compile.js";
import { Issues } from "./issues.js";

const expression = union(ref("Plus"), ref("Minus"), ref("Sum"), ref("Named"), integer());
const operands = [field("left", expression), field("right", expression)];

/** An operator that is found out first, or only after the operands. */
const kinds: Record<string, (op: string) => Field[]> = {
  "before its operands": (op) => [field("op", enumOf(op)), ...operands],
  "after its operands": (op) => [...operands, field("op", enumOf(op))],
};

const compilerOf = (binary: (op: string) => Field[]) =>
  createCompiler([
    { name: "Plus", fields: binary("plus") },
    { name: "Minus", fields: binary("minus") },
    { name: "Sum", fields: [field("of", list(expression)), field("op", enumOf("sum"))] },
    {
      name: "Named",
      fields: [field("by", map(optional(expression))), field("op", enumOf("named"))],
    },
  ]);

type Wrap = (inner: unknown) => object;
const wraps: Record<string, Wrap> = {
  minus: (inner) => ({ left: inner, right: 1, op: "minus" }),
  sums: (inner) => ({ of: [inner, 2], op: "sum" }),
  maps: (inner) => ({ by: { a: inner, b: null }, op: "named" }),
};

/** A value `depth` levels deep, and how often the members of its innermost object were read. */
function nested(
  depth: number,
  wrap: Wrap,
  innermost: unknown,
): { value: unknown; reads: () => number } {
  let reads = 0;
  const counting = {};
  for (const [name, member] of Object.entries(wrap(innermost))) {
    const get = (): unknown => {
      reads += 1;
      return member;
    };
    Object.defineProperty(counting, name, { enumerable: true, get });
  }
  let value: unknown = counting;
  for (let level = 1; level < depth; level++) value = wrap(value);
  return { value, reads: () => reads };
}

describe.each(Object.entries(kinds))("an operator %s", (_, binary) => {
  const codec = compilerOf(binary).codecOf(expression);

  test.each(["parse", "encode"] as const)("costs the same at any depth to %s", (way) => {
    for (const wrap of Object.values(wraps)) {
      for (const innermost of [1, "x", { op: "minus" }]) {
        const shallow = nested(4, wrap, innermost);
        const deep = nested(14, wrap, innermost);
        codec[way](shallow.value, new Issues());
        codec[way](deep.value, new Issues());
        expect(deep.reads()).toBeLessThanOrEqual(shallow.reads());
        expect(shallow.reads()).toBeGreaterThan(0);
      }
    }
  });
});

test.each(["parse", "encode"] as const)("sixty levels are a value like any other to %s", (way) => {
  const mixed: Wrap = (inner) =>
    Object.values(wraps).reduce((value, wrap) => wrap(value), inner) as object;
  for (const [binary, wrap] of Object.values(kinds).flatMap((binary) =>
    [mixed, ...Object.values(wraps)].map((wrap) => [binary, wrap] as const),
  )) {
    const codec = compilerOf(binary).codecOf(expression);
    let value: unknown = 1;
    for (let level = 0; level < 60; level++) value = wrap(value);
    const issues = new Issues();
    expect(codec[way](value, issues)).toEqual(value);
    expect(issues.count).toBe(0);
    codec[way](JSON.parse(JSON.stringify(value).replace("1", '"x"')), issues);
    expect(issues.toFields()).toEqual({ "": ["Fits none of the allowed types"] });
  }
});

describe("the arm", () => {
  const structs: StructDefinition[] = [
    { name: "Cat", fields: [field("name", string())] },
    { name: "Queen", fields: [field("name", string()), field("kittens", integer())] },
    { name: "Dog", fields: [field("bark", string())] },
    { name: "Litter", fields: [field("of", list(union(ref("Cat"), ref("Queen"))))] },
    { name: "Kennel", fields: [field("of", list(ref("Dog"))), field("owner", string())] },
  ];
  const queen = { name: "a", kittens: 3 };

  test.each<[string, Shape, unknown, unknown]>([
    [
      "is weighed in an inner union",
      union(union(ref("Cat"), ref("Dog")), ref("Queen")),
      queen,
      queen,
    ],
    [
      "is weighed in an inner nullable union",
      union(optional(union(ref("Cat"), ref("Dog"))), ref("Queen")),
      queen,
      queen,
    ],
    [
      "is weighed in a nullable union in another",
      union(integer(), optional(union(ref("Dog"), optional(union(ref("Cat"), ref("Queen")))))),
      queen,
      queen,
    ],
    ["may be null there", union(optional(union(ref("Cat"), ref("Dog"))), ref("Queen")), null, null],
    [
      "is the first that takes anything",
      union(optional(union(json(), ref("Cat"))), ref("Queen")),
      queen,
      queen,
    ],
    [
      "keeps what the weighing of its own parts found",
      union(ref("Kennel"), ref("Litter")),
      { of: [queen, { name: "b" }] },
      { of: [queen, { name: "b" }] },
    ],
  ])("%s", (_, shape, value, expected) => {
    const codec = createCompiler(structs).codecOf(shape);
    for (const way of ["parse", "encode"] as const) {
      const issues = new Issues();
      expect(codec[way](value, issues)).toEqual(expected);
      expect(issues.count).toBe(0);
    }
    const issues = new Issues();
    expect(codec.coerce([JSON.stringify(value)], issues)).toEqual(expected ?? undefined);
  });
});
