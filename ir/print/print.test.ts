import { canon, problems, sound } from "../../spec/support/compile-text.js";
import { printLiteral, printNumber, quote } from "./literals.js";
import { printWireShape } from "./wire-shape.js";

describe("literals", () => {
  test.each<[number, string]>([
    [1, "1.0"],
    [-2.5, "-2.5"],
    [0, "0.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [5e-324, "5e-324"],
    [123456789.125, "123456789.125"],
    [1e15, "1000000000000000.0"],
    [1234567890123456, "1234567890123456.0"],
    [9999999999999998, "9999999999999998.0"],
    [1e16, "1e+16"],
    [12345678901234568, "1.2345678901234568e+16"],
    [1e20, "1e+20"],
    [1e100, "1e+100"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [100, "100.0"],
    [2 ** 53, "9007199254740992.0"],
  ])("the number %d", (value, expected) => {
    expect(printNumber(value)).toBe(expected);
    expect(Object.is(Number(expected), value)).toBe(true);
  });

  test.each<[string, string]>([
    ["", '""'],
    ['a"b\\c', String.raw`"a\"b\\c"`],
    ["\n\r\t", String.raw`"\n\r\t"`],
    ["/ é 😀 ' ` ${x}", '"/ é 😀 \' ` ${x}"'],
    // Line separators stand as they are; what KDL forbids everywhere is escaped by number.
    ["a\u2028b\u0085c\v", '"a\u2028b\u0085c\v"'],
    ["\u0000\u001b\u202e\ufeff", String.raw`"\u{0}\u{1b}\u{202e}\u{feff}"`],
  ])("the string %j", (value, expected) => expect(quote(value)).toBe(expected));

  test("whatever a string holds, its canonical text reads back", () => {
    const nasty = String.raw`a\u{2028}b\u{85}c\u{b}\u{c}d\u{1b}\u{0}\u{202e}\u{feff}\n\t\\\"#{}`;
    const text = canon([`enum E "${nasty}"\nfunction f -> E\n`]);
    expect(text).toContain("a\u2028b\u0085c\v\fd\\u{1b}\\u{0}");
    expect(canon([text])).toBe(text);
  });

  test("integers stay integers", () => {
    expect(printLiteral({ kind: "integer", value: 1 })).toBe("1");
  });

  test("null as a default is something else than none in the full form, and nothing in the plain one", () => {
    for (const type of ["json", "integer|json"]) {
      const text = `function f { input { x ${type} default=#null; y ${type} required=#false } }\n`;
      const full = canon([text], true);
      expect(full).toContain('field "x" required=#false default=#null {');
      expect(full).toContain('field "y" required=#false {');
      expect(canon([full], true)).toBe(full);
      expect(canon([text])).not.toContain("#null");
    }
  });

  test.each<[string, string]>([
    ["default=1", "default=1"],
    ["default=1.0", "default=1.0"],
    ["default=-0", "default=0"],
    ["default=-0.0", "default=-0.0"],
    ["default=0x10", "default=16"],
    ["default=1_000", "default=1000"],
    ["default=+5", "default=5"],
    ["default=1e3", "default=1000.0"],
    ["default=1E-7", "default=1e-07"],
  ])("the number field %s", (written, expected) => {
    expect(canon([`function f { input { a number ${written} } }\n`])).toContain(
      `field "a" required=#false ${expected} {`,
    );
  });
});

test("reading the full form has nothing to report that its contract had not", () => {
  const text = `type Whole a=integer
type Base b=integer
function f { input Whole }
function g c=integer { input Base }
`;
  expect(problems(text)).toEqual([]);
  expect(problems(canon([text], true))).toEqual([]);
});

describe("order and layout", () => {
  test("an empty contract is no bytes", () => {
    expect(canon([""])).toBe("");
    expect(canon(["// nothing\n", "\n"], true)).toBe("");
  });

  test("names are sorted by code point, not by UTF-16 unit", () => {
    const struct = (name: string): string => `type "${name}" { struct { } }\n`;
    const output =
      'type "fOutput" { struct { field "a" { ref "ﬀ" }; field "b" { ref "𝒜" }; field "c" { ref "Z" } } }\n';
    const fn = 'function "f" { camel "f"; has-input #false; output "fOutput"; transport "http" }\n';
    const text = canon([struct("𝒜") + struct("ﬀ") + struct("Z") + output + fn]);
    const names = [...text.matchAll(/^type "(.*)"/gm)].map(([, name]) => name);
    // By UTF-16 unit the surrogate pair of 𝒜 (U+1D49C) would come before ﬀ (U+FB00).
    expect(names).toEqual(["Z", "fOutput", "ﬀ", "𝒜"]);
  });

  test("sections that are present are parted by one blank line", () => {
    const text = canon(["channel c\nfunction f\n"]);
    expect(text).toBe(`type "fOutput" {
    struct {
        field "result" {
            primitive "string"
        }
    }
}

function "f" {
    camel "f"
    has-input #false
    output "fOutput"
    transport "http"
}

channel "c" {
    pascal-name "C"
}
`);
  });

  test.each<[string, string, string]>([
    ["user_profile", "userProfile", "UserProfile"],
    ["c_1b", "c1B", "C1B"],
    ["orders.place_all", "ordersPlaceAll", "OrdersPlaceAll"],
    ["x", "x", "X"],
  ])("%s becomes %s, and a channel %s", (name, camel, pascal) => {
    expect(canon([`function ${name}\n`])).toContain(`    camel "${camel}"\n`);
    expect(canon([`channel ${name}\n`])).toContain(`    pascal-name "${pascal}"\n`);
  });

  test("every part of a canonical name is capitalised but the first", () => {
    const text =
      'type "jKlMnOutput" { struct { } }\nfunction "j_kL_mN" { camel "x"; has-input #false; output "jKlMnOutput"; transport "http" }\n';
    expect(canon([text])).toContain('camel "jKlMn"');
    expect(canon(['channel "j_kL_mN" { pascal-name "x" }\n'])).toContain('pascal-name "JKlMn"');
  });
});

describe("outputs", () => {
  const output = (type: string): string => {
    const text = canon([`type T x=integer\ntype U y=integer\nenum E a b\nfunction f -> ${type}\n`]);
    return text
      .slice(text.indexOf('type "fOutput"'))
      .replace(/\n\}\n[^]*/, "")
      .replaceAll(/\s+/g, " ")
      .replace(/^type "fOutput" \{ /, "");
  };
  const nullable = (type: string): boolean =>
    canon([`type T x=integer\ntype U y=integer\nfunction f -> ${type}\n`]).includes(
      "output-nullable #true",
    );

  test.each<[string, string, boolean]>([
    ["T", 'struct { field "x" { primitive "integer" } }', false],
    ["T?", 'struct { field "x" { primitive "integer" } }', true],
    ["list<T>", 'alias { list { ref "T" } }', false],
    ["list<T>?", 'alias { optional { list { ref "T" } } }', true],
    ["list<T?>", 'alias { list { optional { ref "T" } } }', false],
    ["T|U", 'alias { union { ref "T" ref "U" } }', false],
    ["T|U|null", 'alias { optional { union { ref "T" ref "U" } } }', true],
    ["T|U?", 'alias { union { ref "T" optional { ref "U" } } }', false],
    ["integer?", 'struct { field "result" { optional { primitive "integer" } } }', false],
    ["list<string>", 'struct { field "result" { list { primitive "string" } } }', false],
    ["map<T>", 'struct { field "result" { primitive "string" } }', false],
    ["list<map<T>>", 'struct { field "result" { list { primitive "string" } } }', false],
    ["json?", 'struct { field "result" { optional { primitive "string" } } }', false],
    [
      "integer|string",
      'struct { field "result" { union { primitive "integer" primitive "string" } } }',
      false,
    ],
  ])("-> %s", (type, expected, isNullable) => {
    expect(output(type)).toBe(expected);
    expect(nullable(type)).toBe(isNullable);
  });

  test("an enum is printed where it is used", () => {
    expect(output("E")).toBe('struct { field "result" { enum "a" "b" } }');
  });
});

describe("what the family has no word for", () => {
  const text = canon([
    `type Inner x=integer
type Only y=integer
type Seen m=map<Only> inner=Inner
context c { function g a=integer -> Seen; function hidden b=integer -> Hidden { private } }
type Hidden z=integer
function upload name=string picture=file pictures=list<file>? -> Inner
function only_file picture=file -> Inner
function everywhere { affects * ; affects function g ; affects c a=input.x ; input { x integer } }
view page { route "/page/" }
`,
  ]);

  test("files, private functions and what only they or maps reach leave no trace", () => {
    expect(text).not.toMatch(/picture|hidden|Hidden|Only|view|page/);
    expect(text).toMatch(/camel "onlyFile"\n {4}has-input #false\n {4}output/);
    expect(text).toContain('type "Inner" {');
    expect(text).not.toContain('param "b"');
  });

  test("every effect is a context", () => {
    expect(text.match(/affects "c"/g)).toHaveLength(3);
  });
});

describe("the wire shape", () => {
  const shape = (...texts: string[]): string => printWireShape(sound(...texts));
  const base = `type T { a string; b integer? }
context c { function g x=integer -> T }
error E { a integer }
function f { input { a string; l list<map<datetime>> }; errors E; affects c }
`;

  test.each<[string, string]>([
    ["documentation", base.replace("type T", "/// What it is.\ntype T")],
    ["constraints", base.replace("a string; b", "a string min-length=1; b")],
    ["guards and caches", base.replace("context c {", "context c { auth required; cache ttl=5;")],
    ["effects", base.replace("affects c", "affects *")],
    ["private functions", `${base}function hidden x=integer -> T { private }\n`],
    [
      "the status and message of errors",
      base.replace("error E {", "error E status=409 message=no {"),
    ],
    ["order", base.split("\n").toReversed().join("\n")],
  ])("%s leave it as it is", (_, other) => expect(shape(other)).toBe(shape(base)));

  test.each<[string, string]>([
    ["a name", base.replace("a string; b", "c string; b")],
    ["a type", base.replace("a string; b", "a uuid; b")],
    ["what a map holds", base.replace("datetime", "date")],
    ["optionality", base.replace("b integer?", "b integer")],
    ["a default where there was none", base.replace("a string; l", "a string default=x; l")],
    ["an error", base.replace("; errors E", "")],
    ["a function of a context", base.replace("function g x", "function h x")],
    ["an answer", base.replace("{ input { a", "-> integer { input { a")],
  ])("%s changes it", (_, other) => expect(shape(other)).not.toBe(shape(base)));

  test("one default is like another", () => {
    const withDefault = (value: string): string =>
      base.replace("a string; l", `a string default=${value}; l`);
    expect(shape(withDefault("x"))).toBe(shape(withDefault("y")));
  });
});

describe("names that meet", () => {
  test("in generated code alone do not keep a contract from being printed", () => {
    const text =
      "type FOutput a=integer\nfunction f a=FOutput -> list<integer>\ncontext mizan { function g -> string }\n";
    expect(problems(text).map((one) => one.slice(0, 6))).toEqual(["MZ2050", "MZ2051"]);
    const full = canon([text], true);
    expect(canon([full], true)).toBe(full);
  });

  test.each([
    ["two functions", "function a.b -> string\nfunction a_b -> boolean"],
    [
      "a private one too, which the full form prints",
      "function a.b -> string { private }\nfunction a_b -> boolean",
    ],
    [
      "a channel and a type",
      "type ChatParams a=integer\nchannel chat room=string\nfunction f -> ChatParams",
    ],
  ])("in the printed form do: %s", (_, text) => {
    expect(() => canon([text])).toThrow("MZ2055");
  });
});

describe("the deepest types are read again as they are printed", () => {
  const nested = (type: string, times: number): string =>
    `${"list<".repeat(times)}${type}${">".repeat(times)}`;

  test.each([
    ["in a struct", (type: string) => `type A a=${type}\nfunction f -> A\n`],
    ["in a box", (type: string) => `function f -> ${type}\n`],
    ["in a view", (type: string) => `view v a=${type} { route "/" }\n`],
    ["by an alias", (type: string) => `type A ${type.slice(5, -1)}\nfunction f a=list<A>\n`],
  ])("%s", (_, toContract) => {
    const full = canon([toContract(nested("integer", 61))], true);
    expect(canon([full], true)).toBe(full);
    expect(problems(toContract(nested("integer", 62)))).toHaveLength(1);
  });
});
