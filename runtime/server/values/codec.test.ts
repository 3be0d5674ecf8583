/** What each shape takes in from JSON and from a query, and what it sends out. */
import fc from "fast-check";
import {
  boolean,
  bytes,
  date,
  datetime,
  decimal,
  email,
  enumOf,
  field,
  integer,
  json,
  list,
  map,
  number,
  optional,
  ref,
  string,
  time,
  union,
  url,
  uuid,
} from "../define.js";
import type { Field, Shape, StructDefinition } from "../definition.js";
import { compareCodePoints } from "../../wire/words.js";
import { createCompiler } from "./compile.js";
import { Issues } from "./issues.js";

const structs: StructDefinition[] = [
  {
    name: "Point",
    fields: [field("x", integer()), field("y", integer(), { omittable: true, default: 0 })],
  },
  { name: "Cat", fields: [field("name", string())] },
  { name: "Queen", fields: [field("name", string()), field("kittens", list(ref("Cat")))] },
  { name: "Tree", fields: [field("value", integer()), field("branches", list(ref("Tree")))] },
];
const compiler = createCompiler(structs);

/** The value, or the paths and messages of its faults. */
function outcome(run: (issues: Issues) => unknown): unknown {
  const issues = new Issues();
  const value = run(issues);
  return issues.count === 0 ? { value } : { faults: Object.keys(issues.toFields()) };
}
const parse = (shape: Shape, value: unknown): unknown =>
  outcome((issues) => compiler.codecOf(shape).parse(value, issues));
const coerce = (shape: Shape, ...texts: string[]): unknown =>
  outcome((issues) => compiler.codecOf(shape).coerce(texts, issues));
const encode = (shape: Shape, value: unknown): unknown =>
  outcome((issues) => compiler.codecOf(shape).encode(value, issues));

const ok = (value: unknown) => ({ value });
const refused = { faults: [""] };

describe("JSON is never coerced", () => {
  test.each<[string, Shape, unknown, unknown]>([
    ["integer", integer(), 5, ok(5)],
    ["whole number", integer(), 5.0, ok(5)],
    ["integer as text", integer(), "5", refused],
    ["integer as boolean", integer(), true, refused],
    ["broken integer", integer(), 5.5, refused],
    ["greatest integer", integer(), 2 ** 53 - 1, ok(2 ** 53 - 1)],
    ["integer beyond", integer(), 2 ** 53, refused],
    ["least integer", integer(), -(2 ** 53) + 1, ok(-(2 ** 53) + 1)],
    ["number", number(), 1.5, ok(1.5)],
    ["infinity", number(), Number.POSITIVE_INFINITY, refused],
    ["null for a number", number(), null, refused],
    ["below min", integer({ min: 1 }), 0, refused],
    ["at max", number({ max: 1.5 }), 1.5, ok(1.5)],
    ["multiple of a tenth", number({ multipleOf: 0.1 }), 0.3, ok(0.3)],
    ["no multiple", number({ multipleOf: 0.1 }), 0.35, refused],
    ["boolean", boolean(), false, ok(false)],
    ["1 for a boolean", boolean(), 1, refused],
    ["string", string(), "", ok("")],
    ["too short", string({ minLength: 1 }), "", refused],
    ["too long", string({ maxLength: 2 }), "abc", refused],
    ["pattern", string({ pattern: "^\\p{Lu}" }), "Éa", ok("Éa")],
    ["no match", string({ pattern: "^\\p{Lu}" }), "a", refused],
    ["lone surrogate", string(), "a\ud800", refused],
    ["whole character", string(), "😀", ok("😀")],
    ["enum", enumOf("red", "blue"), "red", ok("red")],
    ["no member", enumOf("red", "blue"), "Red", refused],
    ["inherited name", enumOf("red"), "constructor", refused],
    ["optional null", optional(integer()), null, ok(null)],
    ["optional undefined", optional(integer()), undefined, refused],
    ["json", json(), { a: [1, null] }, ok({ a: [1, null] })],
    ["json null", json(), null, ok(null)],
    ["json with half a character", json(), { a: ["\udc00"] }, { faults: ["a.0"] }],
    [
      "json with half a character in a key",
      json(),
      { a: { "b\udc00": 1 } },
      { faults: ["a.b\ufffd"] },
    ],
    ["a map with half a character in a key", map(json()), { "\ud800": 1 }, { faults: ["\ufffd"] }],
    ["list", list(integer()), [1, 2], ok([1, 2])],
    ["no list", list(integer()), { 0: 1, length: 1 }, refused],
    ["items", list(integer()), [1, "b", 3, null], { faults: ["1", "3"] }],
    ["too few", list(integer(), { minItems: 1 }), [], refused],
    ["too many", list(integer(), { maxItems: 1 }), [1, 2], refused],
    ["map", map(number()), { a: 1, b: 2 }, ok({ a: 1, b: 2 })],
    ["list for a map", map(number()), [], refused],
    ["member of a map", map(number()), { a: "x" }, { faults: ["a"] }],
    ["struct with default", ref("Point"), { x: 1 }, ok({ x: 1, y: 0 })],
    ["undeclared key", ref("Point"), { x: 1, y: 2, z: 3 }, ok({ x: 1, y: 2 })],
    ["null for a default", ref("Point"), { x: 1, y: null }, { faults: ["y"] }],
    ["two faults", ref("Point"), { x: "1", y: "2" }, { faults: ["x", "y"] }],
    [
      "recursive",
      ref("Tree"),
      { value: 1, branches: [{ value: "x", branches: [] }] },
      { faults: ["branches.0.value"] },
    ],
    ["first arm", union(integer(), string()), "5", ok("5")],
    ["no arm", union(integer(), boolean()), "5", refused],
    [
      "most keys",
      union(ref("Cat"), ref("Queen")),
      { name: "a", kittens: [] },
      ok({ name: "a", kittens: [] }),
    ],
    ["the only one that fits", union(ref("Queen"), ref("Cat")), { name: "a" }, ok({ name: "a" })],
    [
      "a struct before anything",
      union(ref("Cat"), map(json())),
      { name: "a", age: 3 },
      ok({ name: "a" }),
    ],
    ["anything before a struct", union(map(json()), ref("Cat")), { name: "a" }, ok({ name: "a" })],
    ["a tie", union(ref("Cat"), ref("Queen")), { name: "a" }, ok({ name: "a" })],
  ])("%s", (_, shape, value, expected) => {
    expect(parse(shape, value)).toEqual(expected);
  });
});

describe("formats", () => {
  test.each<[Shape, readonly string[], readonly string[]]>([
    [
      datetime(),
      ["2024-01-02T03:04:05Z", "2024-01-02T03:04:05.678Z", "2024-02-29T23:59:59+02:00"],
      [
        "2024-01-02 03:04:05Z",
        "2024-01-02T03:04:05",
        "2023-02-29T00:00:00Z",
        "2024-01-02T24:00:00Z",
        "2024-01-02T03:04Z",
        "2024-01-02T03:04:05+24:00",
        "soon",
        "",
      ],
    ],
    [date(), ["2024-01-02", "2000-02-29"], ["2024-1-2", "1900-02-29", "2024-01-02T00:00:00Z"]],
    [time(), ["03:04:05", "03:04:05.678"], ["3:04:05", "24:00:00", "03:04", "03:04:05Z"]],
    [decimal(), ["1.50", "-0", "007"], ["1.", ".5", "1e3", "+1", "", "1,5"]],
    [bytes(), ["", "YWJj", "/wA=", "YQ=="], ["YQ", "YQ=", "YW-j", "Y W="]],
    [email(), ["ada@example.org"], ["ada", "ada@", "@example.org", "ada@x"]],
    [
      url(),
      ["https://example.org/a?b=c", "mailto:ada@example.org"],
      [
        "example.org",
        "http://",
        "",
        " https://example.org",
        "https://example.org ",
        "https://example.org/\n",
        "https://exa\nmple.org/",
        "\u0000https://example.org",
        "https://example.org\u00a0",
      ],
    ],
    [
      uuid(),
      ["00000000-0000-0000-0000-000000000001"],
      ["1", "00000000000000000000000000000001", "g0000000-0000-0000-0000-000000000001"],
    ],
  ])("%j", (shape, good, bad) => {
    for (const text of good) expect([text, parse(shape, text)]).toEqual([text, ok(text)]);
    for (const text of bad) expect([text, parse(shape, text)]).toEqual([text, refused]);
    expect(parse(shape, 5)).toEqual(refused);
  });

  test("a UUID is lower case in and out", () => {
    const mixed = "ABCDEF00-0000-0000-0000-00000000000a";
    expect(parse(uuid(), mixed)).toEqual(ok(mixed.toLowerCase()));
    expect(coerce(uuid(), mixed)).toEqual(ok(mixed.toLowerCase()));
    expect(encode(uuid(), mixed)).toEqual(ok(mixed.toLowerCase()));
  });
});

describe("queries", () => {
  test.each<[string, Shape, readonly string[], unknown]>([
    ["integer", integer(), ["-005"], ok(-5)],
    ["minus nothing", integer(), ["-0"], ok(0)],
    ["integer with sign", integer(), ["+5"], refused],
    ["integer in words", integer(), ["1e2"], refused],
    ["integer beyond", integer(), ["9007199254740993"], refused],
    ["empty", integer(), [""], refused],
    ["spaces", integer(), [" 5"], refused],
    ["other digits", integer(), ["٥"], refused],
    ["number", number(), ["1e21"], ok(1e21)],
    ["too great", number(), ["1e400"], refused],
    ["hexadecimal", number(), ["0x10"], refused],
    ["Infinity", number(), ["Infinity"], refused],
    ["dot alone", number(), ["1."], refused],
    ["yes", boolean(), ["1"], ok(true)],
    ["no", boolean(), ["false"], ok(false)],
    ["shouted", boolean(), ["TRUE"], refused],
    ["string", string(), ["5"], ok("5")],
    ["the last of several", string(), ["a", "b"], ok("b")],
    ["optional", optional(integer()), ["5"], ok(5)],
    ["the text null", optional(string()), ["null"], ok("null")],
    ["list", list(integer()), ["1", "2"], ok([1, 2])],
    ["list with a fault", list(integer()), ["1", "b"], { faults: ["1"] }],
    ["optional list", optional(list(string())), ["a"], ok(["a"])],
    [
      "list of structs",
      list(ref("Point")),
      ['{"x":1}', '{"x":2}'],
      ok([
        { x: 1, y: 0 },
        { x: 2, y: 0 },
      ]),
    ],
    ["list of lists", list(list(integer())), ["[1,2]", "[]"], ok([[1, 2], []])],
    ["list of no lists", list(list(integer())), ["1"], { faults: ["0"] }],
    ["list of lists with a fault", list(list(integer())), ["[", '["1"]'], { faults: ["0", "1.0"] }],
    ["list of lists or null", list(optional(list(integer()))), ["[1]", "null"], ok([[1], null])],
    ["list of numbers or null", list(optional(integer())), ["1", "null"], ok([1, null])],
    ["list of structs or null", list(optional(ref("Cat"))), ["null"], ok([null])],
    ["list of texts or null", list(optional(string())), ["null", ""], ok(["null", ""])],
    ["list of numbers, not null", list(integer()), ["null"], { faults: ["0"] }],
    ["a list as an arm", union(list(integer()), string()), ["1", "2"], ok([1, 2])],
    [
      "lists as arms in a list",
      list(union(list(integer()), string())),
      ["[1]", "1"],
      ok([[1], "1"]),
    ],
    ["struct", ref("Point"), ['{"x":1}'], ok({ x: 1, y: 0 })],
    ["struct with a fault", ref("Point"), ['{"x":"1"}'], { faults: ["x"] }],
    ["no JSON", ref("Point"), ["x=1"], refused],
    ["map", map(integer()), ['{"a":1}'], ok({ a: 1 })],
    ["json", json(), ["[1]"], ok([1])],
    ["json null", json(), ["null"], ok(null)],
    ["no json", json(), ["{"], refused],
    ["too deep", json(), ["[".repeat(65) + "]".repeat(65)], refused],
    ["deep enough", json(), ["[".repeat(64) + "]".repeat(64)], { value: expect.anything() }],
    ["arms in order", union(integer(), string()), ["5"], ok(5)],
    ["the next arm", union(integer(), string()), ["5a"], ok("5a")],
    [
      "most keys",
      union(ref("Cat"), ref("Queen")),
      ['{"name":"a","kittens":[]}'],
      ok({ name: "a", kittens: [] }),
    ],
    ["enum", enumOf("1", "2"), ["2"], ok("2")],
    ["date", date(), ["2024-01-02"], ok("2024-01-02")],
  ])("%s", (_, shape, texts, expected) => {
    expect(coerce(shape, ...texts)).toEqual(expected);
  });
});

describe("what handlers answer", () => {
  test.each<[string, Shape, unknown, unknown]>([
    ["a date object", datetime(), new Date(0), ok("1970-01-01T00:00:00.000Z")],
    ["a date that is none", datetime(), new Date(Number.NaN), refused],
    ["a year of five digits", datetime(), new Date(8.64e15), refused],
    ["a date object for a date", date(), new Date(0), refused],
    ["bytes", bytes(), new Uint8Array([0xff, 0]), ok("/wA=")],
    ["a slice of a buffer", bytes(), Buffer.from("xabcx").subarray(1, 4), ok("YWJj")],
    ["bytes as text", bytes(), "YWJj", ok("YWJj")],
    ["NaN", number(), Number.NaN, refused],
    ["a bigint", integer(), 5n, refused],
    ["nothing for an optional", optional(string()), undefined, refused],
    ["a hole in a list", list(integer()), [1, , 3], { faults: ["1"] }], // eslint-disable-line no-sparse-arrays
    ["one column too many", ref("Cat"), { name: "a", password: "x" }, ok({ name: "a" })],
    ["a missing default", ref("Point"), { x: 1 }, { faults: ["y"] }],
    ["a missing field", ref("Cat"), {}, { faults: ["name"] }],
    [
      "an instance with getters",
      ref("Cat"),
      new (class {
        get name() {
          return "a";
        }
      })(),
      ok({ name: "a" }),
    ],
    ["json with a date", json(), { at: new Date(0) }, ok({ at: "1970-01-01T00:00:00.000Z" })],
    ["json without undefined", json(), { a: undefined, b: 1 }, ok({ b: 1 })],
    ["json with a function", json(), { a: () => 1 }, { faults: ["a"] }],
    ["json with NaN", json(), [Number.NaN], { faults: ["0"] }],
    ["json with a bigint", json(), 1n, refused],
    [
      "json with a class that JSON knows nothing of",
      json(),
      { a: new Map([["b", 1]]) },
      { faults: ["a"] },
    ],
    ["json with a set in a list", json(), [new Set([1])], { faults: ["0"] }],
    [
      "json with a class of its own form",
      json(),
      { a: new URL("https://x/") },
      ok({ a: "https://x/" }),
    ],
    [
      "json without a prototype",
      json(),
      Object.assign(Object.create(null), { a: 1 }),
      ok({ a: 1 }),
    ],
    ["a Map for a map", map(integer()), new Map([["a", 1]]), refused],
    ["a date for a map", map(integer()), new Date(0), refused],
    ["json of half a character in a key", json(), { "\ud800": 1 }, { faults: ["\ufffd"] }],
    [
      "a union of structs",
      union(ref("Cat"), ref("Queen")),
      { name: "a", kittens: [], age: 3 },
      ok({ name: "a", kittens: [] }),
    ],
  ])("%s", (_, shape, value, expected) => {
    expect(encode(shape, value)).toEqual(expected);
  });

  test("fields leave in declared order, whatever order they came in", () => {
    const codec = compiler.codecOf(ref("Point"));
    expect(JSON.stringify(codec.encode({ y: 2, x: 1 }, new Issues()))).toBe('{"x":1,"y":2}');
  });
});

describe("what may be left out", () => {
  const fields: Field[] = [
    field("needed", string()),
    field("maybe", optional(string()), { omittable: true }),
    field("asked", optional(string())),
    field("loose", string(), { omittable: true }),
    field("filled", string(), { omittable: true, default: "x" }),
    field("both", optional(integer()), { omittable: true, default: 3 }),
  ];
  const struct = compiler.structOf(fields);

  test("of an input", () => {
    expect(outcome((issues) => struct.parse({}, issues))).toEqual({ faults: ["needed", "asked"] });
    expect(outcome((issues) => struct.parse({ needed: "a", asked: null }, issues))).toEqual(
      ok({ needed: "a", maybe: null, asked: null, loose: undefined, filled: "x", both: 3 }),
    );
  });
  test("of a query", () => {
    const texts = new Map([
      ["needed", ["a"]],
      ["asked", ["b"]],
    ]);
    expect(outcome((issues) => struct.coerceFields(texts, issues))).toEqual(
      ok({ needed: "a", maybe: null, asked: "b", loose: undefined, filled: "x", both: 3 }),
    );
  });
  test("an explicit null is not absence", () => {
    const nulls = { needed: null, maybe: null, asked: null, loose: null, filled: null, both: null };
    expect(outcome((issues) => struct.parse(nulls, issues))).toEqual({
      faults: ["needed", "loose", "filled"],
    });
  });
  test("of an output", () => {
    expect(outcome((issues) => struct.encode({ needed: "a" }, issues))).toEqual({
      faults: ["maybe", "asked", "filled", "both"],
    });
    const whole = { needed: "a", maybe: null, asked: null, filled: "x", both: 3 };
    expect(outcome((issues) => struct.encode(whole, issues))).toEqual(ok(whole));
  });
});

describe("names that every object has are data", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const struct = compiler.structOf(
    names.map((name) => field(name, optional(string()), { omittable: true })),
  );

  test("fields that are absent are null, not inherited", () => {
    const parsed = struct.parse({}, new Issues());
    expect(JSON.stringify(parsed)).toBe(
      '{"__proto__":null,"constructor":null,"toString":null,"hasOwnProperty":null}',
    );
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });
  test("fields that are there are read and sent", () => {
    const text = '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d"}';
    expect(JSON.stringify(struct.parse(JSON.parse(text), new Issues()))).toBe(text);
    expect(JSON.stringify(struct.encode(JSON.parse(text), new Issues()))).toBe(text);
  });
  test("keys of maps and of json are kept", () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}';
    for (const shape of [map(json()), json()]) {
      expect(JSON.stringify(compiler.codecOf(shape).parse(JSON.parse(text), new Issues()))).toBe(
        text,
      );
    }
    expect({}).not.toHaveProperty("polluted");
  });
  test("a fault under such a name is reported under it", () => {
    const faults = new Issues();
    compiler.codecOf(map(integer())).parse(JSON.parse('{"__proto__":"x"}'), faults);
    expect(Object.keys(faults.toFields())).toEqual(["__proto__"]);
  });
});

test("a map is sent in one order: indexes by their size, as in every object, then code points", () => {
  const codec = compiler.codecOf(map(integer()));
  const isIndex = (key: string): boolean =>
    String(Number(key) >>> 0) === key && key !== "4294967295";
  const key = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 3 }),
    fc.constantFrom("4294967294", "4294967295", "10", "9", "09", "-1", "__proto__"),
    fc.constantFrom("\uffff", "\u{1f600}", "\u{1f600}a", "a"),
  );
  const keys = fc.uniqueArray(key, { maxLength: 8 });
  const shuffled = keys.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
  fc.assert(
    fc.property(shuffled, (all) => {
      const value = Object.fromEntries(all.map((name) => [name, 1]));
      const sent = codec.encode(value, new Issues()) as object;
      const indexes = all.filter(isIndex).sort((a, b) => Number(a) - Number(b));
      const others = all.filter((name) => !isIndex(name)).sort(compareCodePoints);
      expect(Object.keys(sent)).toEqual([...indexes, ...others]);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("a million faults, or a key of a megabyte, are not answered in kind", () => {
  const faults = (shape: Shape, value: unknown): string[] => {
    const issues = new Issues();
    compiler.codecOf(shape).parse(value, issues);
    return Object.keys(issues.toFields());
  };
  const many = Array.from({ length: 1e6 }, () => "x");
  expect(faults(list(integer()), many).length).toBe(500);
  const long = "k".repeat(1e6);
  const paths = faults(map(integer()), { [`${long}a`]: "x", [`${long}b`]: "x" });
  expect(paths).toHaveLength(2);
  for (const path of paths) expect(path).toMatch(/^k{200}…[0-9a-f]{8}$/);
  expect(faults(map(integer()), { [`${"k".repeat(199)}😀`]: "x" })).toEqual([
    expect.stringMatching(/^k{199}…/u),
  ]);
});

test("one is no plural", () => {
  const messages = (shape: Shape, value: unknown): string => {
    const issues = new Issues();
    compiler.codecOf(shape).parse(value, issues);
    return issues.toText();
  };
  expect(messages(string({ minLength: 1 }), "")).toBe("Must have at least 1 character");
  expect(messages(string({ maxLength: 1 }), "ab")).toBe("Must have at most 1 character");
  expect(messages(string({ minLength: 2 }), "")).toBe("Must have at least 2 characters");
  expect(messages(list(integer(), { minItems: 1 }), [])).toBe("Must have at least 1 item");
  expect(messages(list(integer(), { maxItems: 0 }), [1])).toBe("Must have at most 0 items");
});
