import { errors, problems } from "../../spec/support/compile-text.js";

/** What is reported for a contract, as code, place and help. */
function check(text: string, expected: readonly string[]): void {
  expect(errors(text)).toEqual(expected);
}

/** The same for a line in the block of a type. */
function checkField(line: string, expected: readonly string[]): void {
  check(`type T {\n    ${line}\n}\nfunction f -> T\n`, expected);
}

describe("mistakes of the first hour get one diagnostic with the corrected text", () => {
  test.each<[string, string, string]>([
    ["user_id: integer", "user_id:", "write `user_id integer`"],
    ["user_id: integer default=5", "user_id:", "write `user_id integer default=5`"],
    ["name? string", "name?", "write `name string?`"],
    ["name?: string", "name?:", "write `name string?`"],
    ["name? a|b", "name?", "write `name a|b|null`"],
    ["a integer, b string", "integer,", "write `a integer; b string`"],
    ["a: integer, b?: string", "integer,", "write `a integer; b string?`"],
    ["a integer,", "integer,", "write `a integer`"],
  ])("%s", (line, place, help) => {
    checkField(line, [`MZ1109 ${JSON.stringify(place)}: ${help}`]);
  });

  test.each<[string, string, string]>([
    ["a list<A, B>", ", B", "write `list<A|B>`"],
    ["a map<string, integer>", ", integer", "write `map<integer>`"],
    ["a integer | string", "integer | string", "write `integer|string`"],
    ["a integer ?", "integer ?", "write `integer?`"],
    ["a list< integer >", "list< integer >", "write `list<integer>`"],
    ["a list", "list", "for example `list<string>`"],
    ["a array<string>", "array<string>", "write `list<string>`"],
    ["a Record<string>", "Record<string>", "write `map<string>`"],
    ["a lisst<string>", "lisst<string>", "did you mean `list<string>`?"],
    ["a Page<string>", "Page<string>", "only `list` and `map` do"],
    ['a "(integer|string"', "(integer|string", "write `(integer|string)`"],
    ['a "integer|"', "|", "for example `string`, `Order?` or `list<Order>`"],
    ['a "list<integer"', "list<integer", "write `list<integer>`"],
    ["a integer|,", "integer|,", "write `a integer|`"],
    ['a ""', '""', "for example `string`, `Order?` or `list<Order>`"],
    ["a null", "null", "for example `string?`, which may be null"],
    ['a "null"', "null", "for example `string?`, which may be null"],
    ["a #null", "#null", ""],
  ])("%s", (line, place, help) => {
    const found = errors(`type T {\n    ${line}\n}\nfunction f -> T\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^MZ(3002|1109|1007|1105) /);
    expect(found[0]).toContain(JSON.stringify(place));
    expect(found[0]).toContain(help);
  });

  test.each<[string, string]>([
    ["type A = list<string>", 'MZ1109 "A = list<string>": write `type A list<string>`'],
    ["type A: list<string>", 'MZ1109 "A:": write `type A list<string>`'],
    ["type A a=integer, b=string", 'MZ1109 "integer,": write `type A a=integer b=string`'],
    ["type A a: integer", 'MZ1103 "a:": write `type A a=integer`'],
    ["type A a integer b string", 'MZ1103 "a": write `type A a=integer b=string`'],
    ["enum A red,blue", 'MZ1109 "red,blue": write `enum A red blue`'],
    ["enum A red|blue", 'MZ1109 "red|blue": write `enum A red blue`'],
    ["enum A red, blue", 'MZ1109 "red,": write `enum A red blue`'],
    ["enum A = red", 'MZ1109 "A = red": write `enum A red`'],
    ["enum A {\n    red,\n    blue\n}", 'MZ1109 "red,": write `red`'],
    ["error A 404", 'MZ1103 "404": write `error A status=404`'],
    ["struct A { a integer }", 'MZ1101 "struct": did you mean `type`?'],
  ])("%s", (text, expected) => {
    // Everything is read on as it was meant: what refers to the name finds it.
    const use = text.startsWith("error") ? "function f -> string { errors A }" : "function f -> A";
    check(`${text}\n${use}\n`, [expected]);
  });

  test.each<[string, string]>([
    ["function f T", 'MZ1110 "T": write `function f -> T`'],
    ["function f ->T", 'MZ1110 "->T": write `function f -> T`'],
    ["function f: a=integer -> T", 'MZ1109 "f:": write `function f a=integer -> T`'],
    ["function f a integer -> T", 'MZ1103 "a": write `function f a=integer -> T`'],
    [
      "function f a: integer, b: string -> T",
      'MZ1103 "a:": write `function f a=integer b=string -> T`',
    ],
    ["function f -> list<T, T>", 'MZ3002 ", T": write `list<T>`'],
    ["function f ->", 'MZ1104 "->"'],
    ["function f -> T { output T }", 'MZ1106 "output": the arrow says it: leave out `output`'],
    ["function f -> T { a integer }", 'MZ1101 "a": inputs stand in a block: `input { a integer }`'],
    ["function f -> T { errors A, B }", 'MZ1109 "A,": write `errors A B`'],
  ])("%s", (text, expected) => {
    check(`${text}\ntype T x=integer\nerror A\nerror B\nfunction g -> T\n`, [expected]);
  });
});

describe("names have their case", () => {
  test.each<[string, string]>([
    ["type profile a=integer", 'MZ2006 "profile": write `Profile`'],
    ["type user_profile a=integer", 'MZ2006 "user_profile": write `UserProfile`'],
    ["enum role a", 'MZ2006 "role": write `Role`'],
    ["error Out_of_stock", 'MZ2006 "Out_of_stock": write `OutOfStock`'],
    ["function userProfile", 'MZ2006 "userProfile": write `user_profile`'],
    ["function Orders.placeOrder", 'MZ2006 "Orders.placeOrder": write `orders.place_order`'],
    ["function a..b", 'MZ2006 "a..b": for example `user_profile` or `orders.place`'],
    ["function f userId=integer", 'MZ2006 "userId": write `user_id`'],
    ["function __proto__", 'MZ2006 "__proto__": write `proto`'],
    ["channel Chat", 'MZ2006 "Chat": write `chat`'],
    ["context user-data { function f }\nfunction f", 'MZ2006 "user-data": write `user_data`'],
    ["function f { input { userID integer } }", 'MZ2006 "userID": write `user_id`'],
  ])("%s", (text, expected) => check(`${text}\n`, [expected]));

  test("canonical names are those that can become identifiers", () => {
    const fn = (name: string): string =>
      `type "xOutput" { struct {} }\nfunction "${name}" { camel "x"; has-input #false; output "xOutput"; transport "http" }\n`;
    check(fn("Weird.Name-here"), []);
    check(fn("été"), []);
    check(fn("1st"), [
      'MZ2007 "\\"1st\\"": a name starts with a letter and has letters, digits, `_`, `-` and `.`',
    ]);
    expect(errors(fn("a b"))[0]).toMatch(/^MZ2007/);
  });
});

describe("nodes, properties and arguments that are not there", () => {
  test.each<[string, string]>([
    ["fucntion f", 'MZ1101 "fucntion": did you mean `function`?'],
    [
      "route f",
      'MZ1101 "route": there may stand `type`, `enum`, `error`, `context`, `function`, `view`, `form`, `channel`',
    ],
    ["function f { cach ttl=5 }", 'MZ1101 "cach": did you mean `cache`?'],
    ["function f { auth required; auth staff }", 'MZ1106 "auth": keep one of the two'],
    ["function f { cache ttl=0 }", 'MZ1105 "0"'],
    [
      "function f { cache sometimes }",
      'MZ1105 "sometimes": there are `cache`, `cache ttl=60`, `cache public ttl=60` and `cache off`',
    ],
    ["function f { rev 1.5 }", 'MZ1105 "1.5"'],
    ["function f { rev two }", 'MZ1105 "two"'],
    ["function f { auth }", 'MZ1104 "auth": for example `auth required`'],
    ["function f { transport ws }", 'MZ1105 "ws": write `websocket`'],
    ["function f { private #true }", 'MZ1103 "#true": write `private`'],
    ["function f { affects * all }", 'MZ1103 "all": write `affects *`'],
    [
      "function",
      'MZ1104 "function": for example `function user_profile user_id=integer -> Profile`',
    ],
    ["function 5", 'MZ1105 "5": quote it: `"5"`'],
    ["error A status=99\nfunction f { errors A }", 'MZ1105 "99"'],
    ["error A staus=404\nfunction f { errors A }", 'MZ1102 "staus": did you mean `status`?'],
    ["context c user_id=integer { function f }\nfunction f", 'MZ1102 "user_id": write `context c`'],
    ["view v", 'MZ1108 "v": for example `route "/users/:user_id/"`'],
    [
      "form contact { title x }",
      'MZ4001 "form contact { title x }": a form\'s three functions can be written in the canonical form',
    ],
  ])("%s", (text, expected) => check(`${text}\n`, [expected]));

  test.each<[string, string]>([
    ["a string minLength=3", 'MZ1102 "minLength": did you mean `min-length`?'],
    ["a string optional", 'MZ1103 "optional": write `a string?`'],
    ["a integer 5", 'MZ1103 "5": write `a integer default=5`'],
    [
      "a { b integer }",
      'MZ1107 "a { b integer }": declare a `type` with these fields, and write its name here',
    ],
    ["a", 'MZ1111 "a": for example `a string`'],
    [
      "a string { b integer }",
      'MZ1107 "a string { b integer }": declare a `type` with these fields, and write its name here',
    ],
    ["a 5", 'MZ1105 "5"'],
    ["a integer min=x", 'MZ1105 "x"'],
    ["a string min-length=-1", 'MZ1105 "-1"'],
    ["a string min-length=1.5", 'MZ1105 "1.5"'],
    ["a string pattern=5", 'MZ1105 "5": quote it: `"5"`'],
    ["a integer? required=#true default=4", 'MZ3006 "required=#true": keep one of the two'],
    [
      "a integer default=9007199254740992",
      'MZ3005 "9007199254740992": integers lie within ±9007199254740991; for more digits use `string` or `decimal`',
    ],
    ["a number default=1e999", 'MZ3005 "1e999": numbers are finite'],
    ["a integer required=yes", 'MZ1105 "yes"'],
  ])("%s", (line, expected) => {
    const found = errors(`type T {\n    ${line}\n}\nfunction f -> T\n`);
    expect(found).toEqual([expected]);
  });
});

describe("repetitions name both places", () => {
  test.each([
    ["type T a=integer { a string }\nfunction f -> T", "MZ2005"],
    ["function f a=integer { input { a string } }", "MZ2005"],
    ["enum E a b a\nfunction f -> E", "MZ2005"],
    ["error E { a integer; a integer }\nfunction f { errors E }", "MZ2005"],
    ["error E\nfunction f { errors E E }", "MZ2005"],
    [
      "context c { function g a=integer }\nfunction f { affects c a=input.x { param a input.x }; input { x integer } }",
      "MZ2005",
    ],
    ["type T x=integer\nenum T a\nfunction f -> T", "MZ2004"],
    ["function f\nfunction f", "MZ2004"],
    ["channel c\nchannel c", "MZ2004"],
  ])("%s", (text, code) => {
    const found = errors(`${text}\n`);
    expect(found.map((one) => one.slice(0, 6))).toEqual([code]);
  });

  test("in two files", () => {
    expect(errors("function f\n", "function f\n")).toEqual([
      'MZ2004 "f": rename one of the two, or leave it out',
    ]);
  });
});

test("documentation may be a child, and a field may be called doc", () => {
  expect(problems('type T {\n    doc "What it is."\n    doc string\n}\nfunction f -> T\n')).toEqual(
    [],
  );
  expect(errors('/// Above.\nfunction f { doc "Inside." }\n')).toEqual([
    'MZ1106 "doc": keep one of the two',
  ]);
});

test("what looks like a slip and is none", () => {
  const page = 'type "page" { struct { field "n" { primitive "integer" } } }';
  const lines = [
    "url page",
    "text string",
    "date date",
    "list page?",
    "repeated string",
    "or page",
  ];
  expect(errors(`${page}\ntype T { ${lines.join("; ")} }\nfunction f -> T\n`)).toEqual([]);
  const inputs =
    "status=string default=string auth=string private=boolean min=page? errors=list<page>";
  expect(errors(`${page}\nfunction f ${inputs} -> page\n`)).toEqual([]);
  expect(
    errors(
      `error E { status integer; message "string?"; code integer }\nfunction f { errors E }\n`,
    ),
  ).toEqual([]);
  expect(errors(`function "f" x=integer "->" "string"\nfunction async -> string\n`)).toEqual([]);
});
