import { canon, errors, problems, sound } from "../../spec/support/compile-text.js";
import type { Fn } from "../model/canonical.js";

function check(text: string, expected: readonly string[]): void {
  expect(errors(text)).toEqual(expected);
}

function functionOf(name: string, ...texts: readonly string[]): Fn {
  const found = sound(...texts).functions.find((fn) => fn.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

describe("names that resolve to nothing", () => {
  test.each<[string, string]>([
    ["function f -> Profil\ntype Profile a=integer", 'MZ3001 "Profil": did you mean `Profile`?'],
    ["function f -> int", 'MZ3001 "int": did you mean `integer`?'],
    ["function f -> Foo", 'MZ3001 "Foo": declare it with `type`'],
    ["function f -> list<map<Foo>>", 'MZ3001 "Foo": declare it with `type`'],
    [
      "error E\nfunction f -> E",
      'MZ3011 "E": what an error carries can be a `type` of its own, used by both',
    ],
    ["type T a=integer\nfunction f -> T { errors T }", 'MZ2003 "T": it is a type, not an error'],
    ["function f { errors NoUser }\nerror NoUsers", 'MZ2003 "NoUser": did you mean `NoUsers`?'],
    [
      "enum E a\nfunction f { input E }",
      'MZ3010 "E": an input is a block of fields, or a `type` with fields',
    ],
    [
      "function f { affects usr }\ncontext user { function g }\nfunction g",
      'MZ2001 "usr": did you mean `user`?',
    ],
    [
      "function f { affects g }\ncontext user { function g }\nfunction g",
      'MZ2001 "g": it is a function: write `affects function g`',
    ],
    ["function f { merge nowhere }", 'MZ2001 "nowhere"'],
    ["function f { affects function h }", 'MZ2002 "h"'],
    [
      "function f { affects function g }\nfunction g",
      'MZ5012 "g": effects reach the functions of contexts',
    ],
    [
      "context c { function g; function h }\nfunction g",
      'MZ2002 "h": define it, for example `function h -> string`',
    ],
    [
      "context c { function f }\nfunction f { context d }\nfunction g { context d }",
      'MZ2009 "d": keep one of the two',
    ],
    ['view v { route "/v/"; context c }', 'MZ2001 "c"'],
  ])("%s", (text, expected) => check(`${text}\n`, [expected]));

  test("a dangling name in a canonical context is a warning", () => {
    const text = `type "gOutput" {
    struct {
    }
}
function "g" { camel "g"; has-input #false; output "gOutput"; transport "http"; context "c" }
context "c" {
    function "g"
    function "hidden"
}
`;
    expect(problems(text)).toEqual([
      'MZ2008 "\\"hidden\\"": the family lists private functions here, which have no node',
    ]);
    expect(sound(text).contexts[0]?.functions).toEqual(["g"]);
  });

  test("nothing is unknown while part of the contract could not be read", () => {
    const found = errors("function f -> T { errors E; affects c }\n/* type T a=integer\n");
    expect(found.filter((one) => /^MZ(2|3)/.test(one))).toEqual([]);
  });
});

describe("aliases", () => {
  test("are written out, and their unions join", () => {
    const fn = functionOf(
      "f",
      "type Key integer|string\ntype Keys list<Key>\nfunction f a=Key|boolean -> Keys\n",
    );
    expect(fn.input[0]?.shape).toMatchObject({
      kind: "union",
      members: [{ kind: "integer" }, { kind: "string" }, { kind: "boolean" }],
    });
    expect(fn.output).toMatchObject({ kind: "list", item: { kind: "union" } });
  });

  test("a nullable alias makes a field omittable", () => {
    const fn = functionOf("f", "type Maybe string?\nfunction f a=Maybe\n");
    expect(fn.input[0]).toMatchObject({ omittable: true, shape: { kind: "optional" } });
  });

  test.each<[string, readonly string[]]>([
    [
      "type A list<A>\nfunction f -> A",
      ['MZ3008 "A": a type that contains itself is a `type` with fields'],
    ],
    [
      "type B A\ntype A B\nfunction f a=A -> B",
      ['MZ3008 "A": a type that contains itself is a `type` with fields'],
    ],
    [
      "type A string?\nfunction f a=A?",
      ['MZ3003 "A?": the alias is nullable already: leave out the `?`'],
    ],
    ["type A string\nfunction f a=A|string", ['MZ3004 "string": leave one of the two out']],
    [
      "type A integer\nfunction f { input { a A min-length=1 } }",
      ['MZ3007 "min-length=1": numbers have `min`, `max` and `multiple-of`'],
    ],
  ])("%s", (text, expected) => check(`${text}\n`, expected));

  test("a few lines that stand for billions of nodes are refused, not written out", () => {
    const lines = Array.from({ length: 40 }, (_, index) =>
      index === 0 ? "type A0 string" : `type A${index} "list<A${index - 1}>|map<A${index - 1}>"`,
    );
    const found = errors([...lines, "function f -> A39", ""].join("\n"));
    expect(found.map((one) => one.slice(0, 6))).toEqual(["MZ3009"]);
  });

  test("a chain of aliases longer than the stack is refused", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `type A${index} A${index + 1}`);
    const found = errors([...lines, "type A20000 string", ""].join("\n"));
    expect(new Set(found.map((one) => one.slice(0, 6)))).toEqual(new Set(["MZ3009"]));
  });
});

describe("contexts", () => {
  test("parts in several files become one, with guards and caches handed down", () => {
    const canonical = sound(
      "context c { function g user_id=integer -> string { auth none; cache ttl=30 }; auth staff; cache ttl=60 }\n",
      "context c { function h user_id=integer limit=integer? -> string }\n",
    );
    const [context] = canonical.contexts;
    expect(context).toMatchObject({ functions: ["g", "h"], cache: { ttl: 30, off: false } });
    expect(context?.params).toMatchObject([
      { name: "limit", type: "integer", required: false, needed: false, sharedBy: ["h"] },
      { name: "user_id", type: "integer", required: true, needed: true, sharedBy: ["g", "h"] },
    ]);
    expect(canonical.functions.map(({ auth }) => auth?.kind)).toEqual(["none", "staff"]);
  });

  test("options are given once", () => {
    expect(
      errors("context c { function g; auth staff }\n", "context c { auth required }\nfunction g\n"),
    ).toEqual(['MZ1106 "required": keep one of the two']);
  });

  test("private functions take no part in params", () => {
    const canonical = sound(
      "context c { function g a=integer; function h b=integer { private } }\n",
    );
    expect(canonical.contexts[0]?.params).toMatchObject([{ name: "a", required: true }]);
  });

  test("a slot that is off turns the cache of its context off", () => {
    const canonical = sound("context c { cache public ttl=9; function g { cache off } }\n");
    expect(canonical.contexts[0]?.cache).toMatchObject({ off: true, public: false });
  });
});

describe("affects", () => {
  const context =
    "context user { function get user_id=integer limit=integer? -> T }\ntype T id=integer\n";
  const affect = (fn: string): unknown => {
    const [first] = functionOf("f", `${context}${fn}\n`).affects;
    return first?.kind === "context"
      ? [first.scope, first.params.map(({ param, source }) => [param, source.from, ...source.path])]
      : first?.kind;
  };

  test.each<[string, unknown]>([
    [
      "function f user_id=integer limit=integer { affects user }",
      ["by-name", [["user_id", "input", "user_id"]]],
    ],
    ["function f id=integer { affects user }", ["by-name", []]],
    ["function f user_id=integer { affects user all }", ["all", []]],
    [
      "function f a=integer { affects user user_id=input.a }",
      ["explicit", [["user_id", "input", "a"]]],
    ],
    [
      "function f -> T { affects user user_id=result.id }",
      ["explicit", [["user_id", "result", "id"]]],
    ],
    [
      "function f -> integer { affects user user_id=result }",
      ["explicit", [["user_id", "result"]]],
    ],
    [
      "function f a=T? { affects user user_id=input.a.id }",
      ["explicit", [["user_id", "input", "a", "id"]]],
    ],
    ["function f { affects * }", "everything"],
    ["function f { affects function get }", "function"],
  ])("%s", (fn, expected) => expect(affect(fn)).toEqual(expected));

  test.each<[string, string]>([
    [
      "function f a=integer { affects user nope=input.a }",
      'MZ5008 "nope": it has `limit`, `user_id`',
    ],
    [
      "function f a=integer { affects user user_id=input.b }",
      'MZ5009 "user_id=input.b": there is `a`',
    ],
    [
      "function f a=integer { affects user user_id=input.a.b }",
      'MZ5009 "user_id=input.a.b": `integer` has no fields',
    ],
    [
      "function f { affects user user_id=result.id }",
      'MZ5009 "user_id=result.id": the function answers nothing',
    ],
    ["function f a=string { affects user user_id=input.a }", 'MZ5010 "user_id=input.a"'],
    [
      "function f a=integer { affects user user_id=a }",
      'MZ1105 "a": for example `user_id=input.a` or `user_id=result.a`',
    ],
    [
      "function f a=integer { affects user all user_id=input.a }",
      'MZ1102 "user_id=input.a": leave out `all`, or the params',
    ],
  ])("%s", (fn, expected) => check(`${context}${fn}\n`, [expected]));
});

describe("merge", () => {
  const context = `context user {
    function one user_id=integer -> Profile?
    function many user_id=integer -> list<Order>
    function tags user_id=integer -> list<string>
    function count user_id=integer -> integer
    function secret user_id=integer -> Secret { private }
}
type Profile user_id=integer name=string
type Order id=integer total=number
type Bill total=number id=integer
type Secret key=string
type Other x=integer
`;
  const merge = (fn: string): unknown => {
    const [first] = functionOf("f", `${context}${fn}\n`).merges;
    return [first?.slot, first?.op, first?.by];
  };

  test.each<[string, unknown]>([
    ["function f -> Profile { merge user }", ["one", "replace", null]],
    ["function f -> Profile? { merge user }", ["one", "replace", null]],
    ["function f -> list<Order> { merge user }", ["many", "replace", null]],
    ["function f -> Order { merge user by=id }", ["many", "upsert", "id"]],
    ["function f -> Bill { merge user by=id }", ["many", "upsert", "id"]],
    ["function f -> Order { merge user by=id op=prepend }", ["many", "prepend", "id"]],
    ["function f -> Order { merge user by=id op=remove }", ["many", "remove", "id"]],
    ["function f a=integer { merge user by=id op=remove value=input.a }", ["many", "remove", "id"]],
    ["function f -> integer { merge user }", ["count", "replace", null]],
    ["function f -> list<string> { merge user slot=tags }", ["tags", "replace", null]],
  ])("%s", (fn, expected) => expect(merge(fn)).toEqual(expected));

  test.each<[string, string]>([
    ["function f -> Other { merge user }", "MZ5001"],
    ["function f -> Secret { merge user }", "MZ5001"],
    ["function f { merge user }", "MZ5001"],
    ["function f -> Order { merge user }", "MZ5003"],
    ["function f -> Order { merge user by=nr }", "MZ5006"],
    ["function f a=integer { merge user by=nr op=remove value=input.a }", "MZ5006"],
    ["function f -> Profile { merge user by=user_id }", "MZ5007"],
    ["function f -> list<Order> { merge user op=prepend }", "MZ5007"],
    ["function f a=integer -> Order { merge user by=id value=input.a }", "MZ5007"],
    ["function f a=integer { merge user op=remove value=input.a }", "MZ5007"],
    ["function f -> Order { merge user by=id slot=menny }", "MZ5011"],
    ["function f -> Order { merge user by=id slot=one }", "MZ5001"],
    ["function f -> Order { merge user by=id op=append }", "MZ1105"],
    ["function f -> Order { merge user many by=id }", "MZ1103"],
  ])("%s", (fn, code) => {
    const found = errors(`${context}${fn}\n`);
    expect(found.map((one) => one.slice(0, 6))).toEqual([code]);
  });

  test.each<[string, string, readonly string[]]>([
    ["integer", "integer default=1", []],
    ["integer?", "integer? required=#true", []],
    ["integer required=#false", "integer required=#false", []],
    // Only this one may be missing in an answer, where the slot's always is there.
    ["integer", "integer required=#false", ["MZ5001"]],
    ["integer required=#false", "integer default=1", ["MZ5001"]],
    ["json", "json default=#null", []],
  ])("a slot with the field x %s and a result with x %s", (slot, result, codes) => {
    const text = `context c { function g -> A }
type A { x ${slot} }
type B { x ${result} }
function f -> B { merge c }
function set { input A }
function unset { input B }
`;
    expect(errors(text).map((one) => one.slice(0, 6))).toEqual(codes);
  });

  test("of several slots the author says which", () => {
    const two = "context c { function a -> T; function b -> list<T> }\ntype T id=integer\n";
    expect(errors(`${two}function f -> T { merge c }\n`)).toEqual([
      'MZ5002 "merge c": say which: `slot=a` or `slot=b`',
    ]);
    expect(errors(`${two}function f -> T { merge c slot=a }\n`)).toEqual([]);
    expect(errors(`${two}function f -> T { merge c slot=b by=id }\n`)).toEqual([]);
  });

  test("recursive structs are compared without end", () => {
    const text = `type A a=integer next=A?
type B a=integer next=B?
type C a=integer next=D?
type D a=integer next=C?
type E a=integer next=string?
context c { function g -> A }
function f -> B { merge c }
function h -> C { merge c }
`;
    expect(errors(text)).toEqual([]);
    expect(errors(`${text}function i -> E { merge c }\n`).map((one) => one.slice(0, 6))).toEqual([
      "MZ5001",
    ]);
  });

  test("in a canonical function an unclear slot is a warning", () => {
    const text = `type "fOutput" { struct { field "id" { primitive "integer" } } }
function "f" { camel "f"; has-input #false; output "fOutput"; transport "http"; merge "c" }
context c { function g -> list<T> }
type T id=integer
`;
    expect(problems(text).map((one) => one.slice(0, 6))).toEqual(["MZ5005"]);
    expect(functionOf("f", text).merges).toMatchObject([{ slot: null, op: "replace" }]);
  });
});

describe("canonical documents", () => {
  test("a boxed value is taken out of its struct, a named struct is not", () => {
    const plain = `type "fOutput" { struct { field "result" { primitive "integer" } } }
function "f" { camel "f"; has-input #false; output "fOutput"; transport "http" }
`;
    expect(functionOf("f", plain).output).toMatchObject({ kind: "integer" });
    expect(sound(plain).types).toEqual([]);
    const named = plain.replace("struct {", 'struct name="Count" {');
    expect(functionOf("f", named).output).toEqual({ kind: "ref", type: "Count" });
    expect(sound(named).types.map(({ name }) => name)).toEqual(["Count"]);
  });

  test("what may be null as a whole is no box", () => {
    for (const type of ["integer", "string", "map<integer>", "integer|boolean"]) {
      const plain = canon([`type R result=${type}\nfunction h -> R?\n`]);
      expect(plain).toContain("output-nullable #true");
      expect(canon([plain])).toBe(plain);
    }
  });

  test("a struct without a name of its own says whose output it is", () => {
    const text = `type "fOutput" { struct { field "x" { primitive "integer" } } }
function "f" { camel "f"; has-input #false; output "fOutput"; transport "http" }
`;
    expect(sound(text).types).toMatchObject([{ name: "fOutput", outputOf: "f" }]);
  });

  test("arms that only look equal in the plain form are kept", () => {
    const text = `type "fOutput" {
    struct {
        field "x" {
            union {
                primitive "string"
                primitive "string"
            }
        }
    }
}
function "f" { camel "f"; has-input #false; output "fOutput"; transport "http" }
`;
    expect(errors(text)).toEqual([]);
  });
});

test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
  "%s is a name like any other",
  (name) => {
    const text = `type "${name}" { struct { field "${name}" { ref "${name}2" } } }
type "${name}2" { struct { field "${name}" { primitive "string" } } }
type "aOutput" { struct { field "${name}" { ref "${name}" } } }
type "aInput" { struct { field "${name}" { primitive "integer" } } }
function "a" { camel "a"; has-input #true; input "aInput"; output "aOutput"; transport "http"; affects "${name}c" { param "${name}" "input.${name}" } }
function "b" { camel "b"; has-input #true; input "aInput"; output "aOutput"; transport "http"; context "${name}c" }
`;
    const { types, contexts, functions } = sound(text);
    expect(types.map((type) => type.name)).toContain(name);
    expect(contexts[0]?.params.map((param) => param.name)).toEqual([name]);
    expect(functions[0]?.affects).toMatchObject([
      { params: [{ param: name, source: { path: [name] } }] },
    ]);
    // And as a name that is unknown.
    expect(
      errors(`function f -> ${name}\nfunction g { affects ${name}; errors ${name} }\n`),
    ).toHaveLength(3);
  },
);

test("a file is no value to scope an effect by", () => {
  const [affect] = functionOf(
    "f",
    "context c { function r pic=string -> string }",
    "function f pic=file -> boolean { affects c }",
  ).affects;
  expect(affect).toMatchObject({ context: "c", params: [] });
});
