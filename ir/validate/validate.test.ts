/**
 * Rules beside what their fixtures in spec/conformance/diagnostics show: what must not be reported, places,
 * and that one cause is told once.
 */
import { compile, compileForUse } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source.js";

function toFiles(texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, id) => ({ id, path: `${id}.kdl`, text }));
}

/** Each diagnostic as its code and the text at its place. */
function summarize(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): string[] {
  return diagnostics.map(({ code, primary }) => {
    const text = files.find((file) => file.id === primary?.span.file)?.text ?? "";
    return `${code} ${text.slice(primary?.span.start, primary?.span.end)}`;
  });
}

function check(text: string | readonly string[], expected: readonly string[]): void {
  const files = toFiles(typeof text === "string" ? [text] : text);
  expect(summarize(compile(files).diagnostics, files)).toEqual(expected);
}

describe("names", () => {
  test.each<[string, string, readonly string[]]>([
    ["reserved words are fine", "function delete id=integer -> boolean { affects * }", []],
    ["a type may be called as a global", "type Record a=integer\nfunction f -> Record", []],
    [
      "an output may be called after its function",
      "type FOutput a=integer\nfunction f -> FOutput",
      [],
    ],
    [
      "an input may be called after its function",
      "type FInput a=integer\nfunction f -> boolean { input FInput }",
      [],
    ],
    [
      "an output of its own may not",
      "type FOutput a=integer\nfunction f a=FOutput -> list<integer>",
      ["MZ2050 f"],
    ],
    [
      "a private function takes no name in the client",
      "error Empty\nfunction empty -> boolean { private; errors Empty }",
      [],
    ],
    [
      "three of one name are two faults, each against the first",
      "function a.b.c -> boolean\nfunction a_b.c -> boolean\nfunction a_b_c -> boolean",
      ["MZ2050 a_b.c", "MZ2050 a_b_c"],
    ],
    ["a context and its function may share a name", "context cart { function cart -> string }", []],
    [
      "the hooks of a context's function are two, those of another one is one",
      "context c { function a -> string }\nfunction suspense_a -> string\nfunction suspense_suspense_a -> string",
      ["MZ2050 suspense_a"],
    ],
    [
      "an error may not be called as those of a context",
      "error CartContext\ncontext cart { function cart -> string { errors CartContext } }",
      ["MZ2050 cart"],
    ],
    ["folders part paths", "function a.b -> boolean\nfunction b -> boolean", []],
    ["devices only as a whole", "function console -> boolean\nfunction a.auxiliary -> boolean", []],
    [
      "canonical names that differ by case alone",
      canonicalPings("get_Item", "get_item"),
      ['MZ2050 "get_item"'],
    ],
  ])("%s", (_, text, expected) => check(text, expected));

  test("across files, the later one is reported", () => {
    check(["function a_b -> boolean", "function a.b -> boolean"], ["MZ2050 a.b"]);
  });
});

/** A canonical document with functions that answer a boolean. */
function canonicalPings(...names: readonly string[]): string {
  const camel = (name: string): string =>
    name.replace(
      /_(\w)(\w*)/g,
      (_, first: string, rest: string) => first.toUpperCase() + rest.toLowerCase(),
    );
  const outputs = new Set(names.map((name) => `${camel(name)}Output`));
  const types = [...outputs].map(
    (name) => `type "${name}" { struct { field "result" { primitive "boolean" } } }`,
  );
  const functions = names.map(
    (name) =>
      `function "${name}" { camel "${camel(name)}"; has-input #false; output "${camel(name)}Output"; transport "http" }`,
  );
  return [...types, ...functions].join("\n");
}

describe("types", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a type that only leads to a cycle is mended with it",
      "type A b=B\ntype B b=B\nfunction f -> A",
      ["MZ3050 B"],
    ],
    [
      "a long cycle is one fault",
      "type A b=B\ntype B c=C\ntype C a=A d=D\ntype D c=C\nfunction f -> A",
      ["MZ3050 B"],
    ],
    ["a list ends recursion", "type A all=list<A>\nfunction f -> A", []],
    ["a map ends recursion", "type A all=map<A>\nfunction f -> A", []],
    ["an alias does not", "type Alias A\ntype A a=Alias\nfunction f -> A", ["MZ3050 Alias"]],
    [
      "a unknown type is not reported again by a default",
      "function f -> boolean { input { a Colour default=red } }",
      ["MZ3001 Colour"],
    ],
    [
      "a pattern that does not compile is not held against the default",
      'function f -> boolean { input { a string pattern="(" default=x } }',
      ['MZ3055 pattern="("'],
    ],
    [
      "inputs that come from a struct are checked once",
      "type In { a integer default=x }\nfunction f -> boolean { input In }\nfunction g -> boolean { input In }",
      ["MZ3056 x"],
    ],
    [
      "a wrong default behind an alias",
      "type Slug string\nfunction f -> boolean { input { a Slug default=5 } }",
      ["MZ3056 5"],
    ],
    [
      "unused types are no matter while something is wrong",
      "type Lost a=integer\nfunction f -> Lots",
      ["MZ3001 Lots"],
    ],
    ["a type in a view is used", 'type A a=integer\nview v a=A { route "/v" }', []],
    ["a type behind a map is used", "type A a=integer\nfunction f -> map<A>", []],
  ])("%s", (_, text, expected) => check(text, expected));
});

describe("contexts", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a context whose functions were lost is not empty",
      "context user { functoin profile -> string }",
      ["MZ1101 functoin"],
    ],
    [
      "private functions may take params of another type",
      "context user { function a id=integer -> string; function b id=string -> string { private } }",
      [],
    ],
    [
      "optional and required agree",
      "context user { function a id=integer -> string; function b id=integer? -> string }",
      [],
    ],
    [
      "constraints make no other param",
      "context user {\n function a -> string { input { id integer min=1 } }\n function b id=integer -> string\n}",
      [],
    ],
    [
      "a type that was not found disagrees with nothing",
      "context user { function a id=Id -> string; function b id=integer -> string }",
      ["MZ3001 Id"],
    ],
    [
      "`global` may have params in private",
      "context global { function a -> string; function b x=integer -> string { private } }",
      [],
    ],
    [
      "a guard that is lifted is none",
      "context user { function a -> string; auth none; cache public }\nfunction f -> boolean { affects user }",
      [],
    ],
    [
      "a predicate of a context is reported once",
      'context user { function a -> string; function b -> string; auth "a b" }',
      ['MZ4038 "a b"'],
    ],
    [
      "an error code that only looks like one",
      "error NotFoundYet\nfunction f -> boolean { errors NotFoundYet }",
      [],
    ],
  ])("%s", (_, text, expected) => check(text, expected));
});

describe("effects", () => {
  const user = "context user { function profile user_id=integer -> string }\n";

  test.each<[string, string, readonly string[]]>([
    ["`all` means it", `${user}function f id=integer -> boolean { affects user all }`, []],
    ["`*` means it", `${user}function f id=integer -> boolean { affects * }`, []],
    [
      "a match by name is no accident",
      `${user}function f user_id=integer -> boolean { affects user }`,
      [],
    ],
    [
      "an unknown context is no missing effect",
      `${user}function create_user -> boolean { affects usr }`,
      ["MZ2001 usr"],
    ],
    [
      "an effect that was lost in its node is no missing effect",
      `${user}function create_user -> boolean { afects user }`,
      ["MZ1101 afects"],
    ],
    ["a noun is no mutation", `${user}function archive -> string\nfunction settings -> string`, []],
    ["a read may be called like one", "context user { function update_times -> list<date> }", []],
    [
      "a warning is silenced above its node, and only there",
      `${user}// mizan-ignore MZ5031\nfunction create_a -> boolean\nfunction create_b -> boolean`,
      ["MZ5031 create_b"],
    ],
    [
      "an error is not silenced",
      "// mizan-ignore MZ3051\nenum Empty\nfunction f -> Empty",
      ["MZ3051 Empty"],
    ],
    [
      "a handler of a private function may change things too",
      `${user}function delete_all -> boolean { private }`,
      ["MZ5031 delete_all"],
    ],
    [
      "a merge into a slot whose params are all optional can be applied",
      "type A id=integer\ncontext as { function list_as tag=string? -> list<A> }\nfunction put -> A { merge as by=id }",
      [],
    ],
    [
      "a param with a default has to be named",
      "type A id=integer\ncontext as { function list_as -> list<A> { input { size integer default=10 } } }\nfunction put -> A { merge as by=id }",
      ["MZ5032 merge as by=id"],
    ],
    [
      "a cached context that a view affects",
      'context user { function profile -> string; cache }\nview save { route "/save"; affects user }',
      [],
    ],
  ])("%s", (_, text, expected) => check(text, expected));
});

describe("what is not supported yet", () => {
  const use = (text: string): readonly string[] => {
    const files = toFiles([text]);
    return summarize(compileForUse(files).diagnostics, files);
  };

  it("is an error only where something is to be generated", () => {
    const text = "channel chat { server text=string }";
    check(text, []);
    expect(use(text)).toEqual(["MZ4001 chat"]);
  });

  it("says nothing of `cache off`", () => {
    expect(use("context a { function b -> string; cache off }")).toEqual([]);
  });

  it("tells a form once, however many functions it has", () => {
    const role = (name: string): string =>
      `function "contact.${name}" { camel "contact${name[0]?.toUpperCase()}${name.slice(1)}"; has-input #false; ` +
      `output "${name}Out"; transport "http"; is-form #true; form-name "contact"; form-role "${name}" }`;
    const text = ["schema", "validate", "submit"].map(role).join("\n");
    expect(use(text).filter((line) => line.startsWith("MZ4001"))).toEqual([
      'MZ4001 "contact.schema"',
    ]);
  });

  it("files are parts of a form, so they stand alone, nullable or in a list", () => {
    expect(use("function f a=file b=file? c=list<file> { input { d list<file>? } }")).toEqual([]);
    expect(
      use(
        'type In scan=file\nfunction f -> boolean { input { a In; b file|string; c list<file?>; d "list<list<file>>" } }',
      ),
    ).toEqual([
      "MZ4001 file",
      "MZ4001 file|string",
      "MZ4001 list<file?>",
      "MZ4001 list<list<file>>",
    ]);
    expect(use("type In scan=file\nfunction f -> boolean { input In }")).toEqual([]);
  });

  it("a file where none may be is one fault, not two", () => {
    expect(use("function f -> file")).toEqual(["MZ3058 file"]);
  });
});

test("warnings never have the severity of errors, nor the other way round", () => {
  const { diagnostics } = compile(
    toFiles(["enum E\nfunction create_a -> E\ncontext c { function d -> string }"]),
  );
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ["MZ3051", "error"],
    ["MZ5031", "warning"],
  ]);
});

describe("effects that are spelled out", () => {
  const contract = (contexts: number, functions: number): string =>
    [
      ...Array.from({ length: contexts }, (_, n) => `context c${n} { function r${n} -> string }`),
      ...Array.from({ length: functions }, (_, n) => `function f${n} { affects * }`),
    ].join("\n");
  const codes = (text: string): readonly string[] =>
    compile(toFiles([text])).diagnostics.map(({ code }) => code);

  test("come to a million at most", () => {
    expect(codes(contract(1000, 1000))).toEqual([]);
    expect(codes(contract(1000, 1001))).toEqual(["MZ5013"]);
  });
});
