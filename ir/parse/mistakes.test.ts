/** What is no KDL: each mistake once, at its place, with the correction, and the rest read as corrected. */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { largestFile } from "../source/decode.js";
import { parse } from "./parse.js";
import { showDocument } from "./testing/show.js";

const read = (text: string) => parse({ id: 0, path: "test.kdl", text });

/** `MZ1007 true`: the code, and what is underlined. */
function showFault(source: string, { code, primary }: Diagnostic): string {
  const span = primary?.span ?? { start: 0, end: 0 };
  return `${code} ${source.slice(span.start, span.end)}`;
}

/** The text with every fix applied that is offered. */
function repair(source: string, diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .flatMap(({ fix }) => (fix === null ? [] : [fix]))
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (text, { span, replacement }) =>
        text.slice(0, span.start) + replacement + text.slice(span.end),
      source,
    );
}

type Case = {
  readonly source: string;
  readonly faults: readonly string[];
  /** The text after all fixes. It is then sound, and was read as that. */
  readonly fixed?: string;
  /** Where there is no fix: the short form of what was read. */
  readonly tree?: string;
};

function check({ source, faults, fixed, tree }: Case): void {
  const { value, diagnostics } = read(source);
  expect(diagnostics.map((diagnostic) => showFault(source, diagnostic))).toEqual(faults);
  if (fixed === undefined) {
    expect(diagnostics.map(({ fix }) => fix)).toEqual(faults.map(() => null));
  } else {
    const corrected = read(fixed);
    expect(repair(source, diagnostics)).toBe(fixed);
    expect(corrected.diagnostics).toEqual([]);
    if (tree === undefined) expect(withoutQuotes(value)).toBe(withoutQuotes(corrected.value));
  }
  if (tree !== undefined) expect(showDocument(value)).toBe(tree);
}

/** A bare word and the same text in quotes are one to this comparison. */
function withoutQuotes(document: Parameters<typeof showDocument>[0]): string {
  return showDocument(document).replaceAll('"', "");
}

const cutOff = ["MZ1002 {"];

describe("in the first hour", () => {
  test.each<Case>([
    {
      source: "notify boolean default=true",
      faults: ["MZ1007 true"],
      fixed: "notify boolean default=#true",
    },
    {
      source: "x integer? default=null",
      faults: ["MZ1007 null"],
      fixed: "x integer? default=#null",
    },
    { source: "private false", faults: ["MZ1007 false"], fixed: "private #false" },
    { source: "x number default=-inf", faults: ["MZ1007 -inf"], fixed: "x number default=#-inf" },
    {
      source: "enum Size 1x 2x true other",
      faults: ["MZ1008 1x", "MZ1008 2x", "MZ1007 true"],
      fixed: 'enum Size "1x" "2x" "true" other',
    },
    {
      source: "enum Size {\n  1x\n  null\n  5\n  #false\n}",
      faults: ["MZ1008 1x", "MZ1007 null", "MZ1031 5", "MZ1031 #false"],
      fixed: 'enum Size {\n  "1x"\n  "null"\n  "5"\n  "#false"\n}',
    },
    {
      source: 'code string pattern="^\\d+-\\w{3}$" min-length=1',
      faults: ["MZ1006 \\d"],
      fixed: 'code string pattern=#"^\\d+-\\w{3}$"# min-length=1',
    },
    { source: 'a "\\d\\"#"', faults: ["MZ1006 \\d"], fixed: 'a ##"\\d\\"#"##' },
    {
      source: 'a "caf\\u00e9"',
      faults: ["MZ1006 \\u00e9"],
      fixed: 'a "caf\\u{00e9}"',
      tree: 'a "caf\\\\u00e9"',
    },
    { source: 'a "\\u{D800}"', faults: ["MZ1006 \\u{D800}"], tree: 'a "\\\\u{D800}"' },
    { source: 'a "\\u{110000}"', faults: ["MZ1006 \\u{110000}"], tree: 'a "\\\\u{110000}"' },
    { source: 'a """\n  \\d\n  """', faults: ["MZ1006 \\d"], fixed: 'a #"""\n  \\d\n  """#' },
    { source: "tags string[]", faults: ["MZ1011 string[]"], fixed: "tags list<string>" },
    {
      source: "tags string[][]?",
      faults: ["MZ1011 string[][]?"],
      fixed: "tags list<list<string>>?",
    },
    { source: "f tags=[string]", faults: ["MZ1011 [string]"], fixed: "f tags=list<string>" },
    { source: "tags list[Tag]?", faults: ["MZ1011 list[Tag]?"], fixed: "tags list<Tag>?" },
    { source: "tags list(string)", faults: ["MZ1019 list(string)"], fixed: "tags list<string>" },
    {
      source: 'enum E [red, "light blue",1] x',
      faults: ['MZ1011 [red, "light blue",1]'],
      fixed: 'enum E red "light blue" 1 x',
    },
    {
      source: "f { errors [NotFound] }",
      faults: ["MZ1011 [NotFound]"],
      fixed: "f { errors NotFound }",
    },
    { source: "enum E [] [,]", faults: ["MZ1011 []", "MZ1011 [,]"], tree: "enum E (faulty)" },
    {
      source: "function f (a: integer, b = string) -> X { private }",
      faults: ["MZ1034 (a: integer, b = string)"],
      fixed: "function f a=integer b=string -> X { private }",
      tree: "function f -> X {private} (faulty)",
    },
    {
      source: "error E status=404x",
      faults: ["MZ1008 404x"],
      fixed: 'error E status="404x"',
      tree: "error E (faulty)",
    },
    { source: "a {{ b }", faults: ["MZ1030 {"], fixed: "a { b }" },
    {
      source: 'type "A { x integer; y string }\nb',
      faults: ['MZ1005 "A'],
      tree: 'type "A" {x integer; y string}\nb',
    },
    {
      source: 'a {\n  b\nc """\n}',
      faults: ['MZ1005 """'],
      tree: 'a {b; c "\\n}"}\n(not whole)',
    },
    {
      source: "a {\n  b {\n    c\n  d {\nx\n}\n}",
      faults: cutOff,
      tree: "a {b {c}; d {x}}",
    },
    { source: "a { b /* c", faults: ["MZ1016 /*"], tree: "a {b}\n(not whole)" },
    { source: 'a default=["x", "y"] b', faults: ['MZ1011 ["x", "y"]'], tree: "a b (faulty)" },
    { source: "cache ttl=1h", faults: ["MZ1008 1h"], fixed: "cache ttl=3600" },
    { source: "cache ttl=90s", faults: ["MZ1008 90s"], fixed: "cache ttl=90" },
    {
      source: "type A\n{\n  x integer\n}\ntype B",
      faults: ["MZ1004 {"],
      fixed: "type A {\n  x integer\n}\ntype B",
    },
    { source: "a // why\n{\n  b\n}", faults: ["MZ1004 {"], tree: "a {b}" },
    { source: "f a=(A|B)?", faults: ["MZ1019 (A|B)?"], fixed: 'f a="(A|B)?"' },
    { source: "a (A|B) c", faults: ["MZ1019 (A|B)"], fixed: 'a "(A|B)" c' },
    { source: "a (u8) 5", faults: ["MZ1010 (u8)"], fixed: "a  5" },
    { source: "a (A|B)", faults: ["MZ1019 (A|B)"], fixed: 'a "(A|B)"' },
    { source: "a (A | B)? c", faults: ["MZ1019 (A | B)?"], fixed: 'a "(A | B)?" c' },
    { source: "a list<(A|B)?>", faults: ["MZ1019 list<(A|B)?>"], fixed: 'a "list<(A|B)?>"' },
    {
      source: '(t)a (u8)1 x=(f64)2.5 (date)"x"',
      faults: ["MZ1010 (t)", "MZ1010 (u8)", "MZ1010 (f64)", "MZ1010 (date)"],
      fixed: 'a 1 x=2.5 "x"',
    },
    {
      source: 'enum E "red", "blue","green"',
      faults: ["MZ1015 ,"],
      fixed: 'enum E "red" "blue" "green"',
    },
    { source: "a x=1, y=#true,z=2,", faults: ["MZ1015 ,"], fixed: "a x=1 y=#true z=2 " },
    { source: 'a "b": 1', faults: ["MZ1015 :"], fixed: 'a "b" 1' },
    {
      source: "function f(a: integer, b string) -> X",
      faults: ["MZ1034 (a: integer, b string)"],
      fixed: "function f a=integer b=string -> X",
      tree: "function f -> X (faulty)",
    },
    {
      source: '# comment { "\na # b',
      faults: ["MZ1033 #", "MZ1033 #"],
      fixed: '// comment { "\na // b',
    },
    { source: "#comment\na", faults: ["MZ1033 #"], fixed: "//comment\na" },
    {
      source: "a 'one' b='two words'",
      faults: ["MZ1032 'one'", "MZ1032 'two words'"],
      fixed: 'a "one" b="two words"',
    },
    { source: "a “smart quotes”", faults: ["MZ1032 “smart quotes”"], fixed: 'a "smart quotes"' },
    {
      source: String.raw`a b=r"^\d+$" r"x" c=r#"y"# r##"z"##`,
      faults: [String.raw`MZ1032 r"^\d+$"`, 'MZ1032 r"x"', 'MZ1032 r#"y"#', 'MZ1032 r##"z"##'],
      fixed: String.raw`a b=#"^\d+$"# #"x"# c=#"y"# ##"z"##`,
    },
    { source: "a `code`", faults: ["MZ1032 `code`"], fixed: 'a "code"' },
    { source: "a #True #yes", faults: ["MZ1018 #True", "MZ1018 #yes"], fixed: "a #true #true" },
    { source: "a #xyzzy", faults: ["MZ1018 #xyzzy"], tree: "a (faulty)" },
    {
      source: "type A {\n  name=string\n}",
      faults: ["MZ1035 name="],
      fixed: "type A {\n  name string\n}",
    },
    {
      source: "a 1,000 .5 -1.",
      faults: ["MZ1008 1,000", "MZ1008 .5", "MZ1008 -1."],
      fixed: "a 1000 0.5 -1.0",
    },
    {
      source: "a 1.2.3 2fa 50% 0xfg",
      faults: ["MZ1008 1.2.3", "MZ1008 2fa", "MZ1008 50%", "MZ1008 0xfg"],
      fixed: 'a "1.2.3" "2fa" "50%" "0xfg"',
    },
    { source: "route /users/:id", faults: ["MZ1031 /users/:id"], fixed: 'route "/users/:id"' },
    { source: "a x#y a\\b", faults: ["MZ1031 x#y", "MZ1031 a\\b"], fixed: 'a "x#y" "a\\\\b"' },
  ])("$source", check);
});

describe("entries", () => {
  test.each<Case>([
    { source: "a x=1 y=2 x=3", faults: ["MZ1009 x=3"], tree: "a x=1 y=2" },
    { source: 'a x=1 "x"=2 x=3', faults: ['MZ1009 "x"=2', "MZ1009 x=3"], tree: "a x=1" },
    {
      source: "a __proto__=1 __proto__=2",
      faults: ["MZ1009 __proto__=2"],
      tree: "a __proto__=1",
    },
    { source: "a x=\nb", faults: ["MZ1012 x="], tree: "a (faulty)\nb" },
    { source: "a x= {b}", faults: ["MZ1012 x="], tree: "a {b} (faulty)" },
    { source: "a =1 b", faults: ["MZ1013 ="], tree: "a 1 b" },
    { source: "a x==1", faults: ["MZ1001 ="], fixed: "a x=1" },
    { source: "a 1=x true=y", faults: ["MZ1031 1", "MZ1007 true"], fixed: 'a "1"=x "true"=y' },
    {
      source: 'a"b"c="d"e',
      faults: ['MZ1014 "b"', 'MZ1014 c="d"', "MZ1014 e"],
      fixed: 'a "b" c="d" e',
    },
    { source: "a \\ b", faults: ["MZ1029 \\"], tree: "a b (faulty)" },
    { source: "a b=\\ c", faults: ["MZ1029 \\"], tree: "a c (faulty)" },
    { source: "a )b( x", faults: ["MZ1019 )b("], fixed: 'a ")b(" x' },
    { source: "a (b c d", faults: ["MZ1019 (b"], fixed: 'a "(b" c d' },
    { source: "a (b", faults: ["MZ1019 (b"], fixed: 'a "(b"' },
  ])("$source", check);
});

describe("strings", () => {
  test.each<Case>([
    { source: 'a "foo\nb 1', faults: ['MZ1005 "foo'], tree: 'a "foo"\nb 1' },
    { source: 'a"b', faults: ['MZ1005 "b'], tree: 'a "b"' },
    { source: 'a "foo', faults: ['MZ1005 "foo'], tree: 'a "foo"' },
    {
      source: 'type A "x {\n  y "z }\nb',
      faults: ['MZ1005 "x', 'MZ1005 "z'],
      tree: 'type A "x" {y "z"}\nb',
    },
    {
      source: 'a "one\ntwo\nthree"\nb',
      faults: ['MZ1005 "one\ntwo\nthree"'],
      tree: 'a "one\\ntwo\\nthree"\nb',
    },
    {
      source: 'a "foo\nb "bar"\nc "baz',
      faults: ['MZ1005 "foo', 'MZ1005 "baz'],
      tree: 'a "foo"\nb "bar"\nc "baz"',
    },
    { source: 'a #"foo\nb', faults: ['MZ1005 #"foo'], tree: 'a "foo"\nb' },
    { source: 'a """\nfoo\nb', faults: ['MZ1005 """'], tree: 'a "\\nfoo\\nb"\n(not whole)' },
    { source: 'a #"""\nfoo\nb', faults: ['MZ1005 #"""'], tree: 'a "\\nfoo\\nb"\n(not whole)' },
    { source: 'a """foo\n  """', faults: ["MZ1017 foo"], tree: 'a "foo\\n  "' },
    { source: 'a """foo"""\nb', faults: ["MZ1017 foo"], tree: 'a "foo"\nb' },
    { source: 'a #"""foo"""#', faults: ["MZ1017 foo"], tree: 'a "foo"' },
    { source: 'a """\n  foo """\nb', faults: ["MZ1017   foo "], tree: 'a "\\n  foo "\nb' },
    { source: 'a """\n  foo\n bar\n  """', faults: ["MZ1017  "], tree: 'a "\\n  foo\\n bar\\n  "' },
    {
      source: 'a #"""\n  foo\n\tbar\n  """#',
      faults: ["MZ1017 \t"],
      tree: 'a "\\n  foo\\n\\tbar\\n  "',
    },
  ])("$source", check);
});

describe("blocks and nodes", () => {
  test.each<Case>([
    { source: "a {\n  b\n", faults: cutOff, tree: "a {b}" },
    { source: "a { b { c {", faults: cutOff, tree: "a {b {c {}}}" },
    {
      source: "type A {\n  x integer\n\ntype B {\n  y integer\n}\n",
      faults: cutOff,
      tree: "type A {x integer}\ntype B {y integer}",
    },
    {
      source: "context c {\n  function f {\n    auth x\n  function g {\n    rev 1\n  }\n}\ntype A",
      faults: cutOff,
      tree: "context c {function f {auth x}; function g {rev 1}}\ntype A",
    },
    { source: "a {\n}\n}\nb", faults: ["MZ1003 }"], fixed: "a {\n}\n\nb" },
    { source: "a;; b", faults: ["MZ1001 ;"], fixed: "a; b" },
    { source: "{ a }\nb", faults: ["MZ1030 {"], tree: "b\n(not whole)" },
    { source: "a {}\n{ b }", faults: ["MZ1030 {"], tree: "a {}\n(not whole)" },
    { source: "a { b } { c } d", faults: ["MZ1027 {", "MZ1027 d"], tree: "a {b} (faulty)\nd" },
    { source: "a { b } c { d }", faults: ["MZ1027 c"], tree: "a {b}\nc {d}" },
    { source: 'a { b } x=1 2 "q" {}\nc', faults: ["MZ1027 x"], tree: "a {b} (faulty)\nc" },
    { source: "a {} /-b", faults: ["MZ1027 b"], tree: "a {}" },
    { source: "= 1\nb", faults: ["MZ1030 ="], tree: "b\n(not whole)" },
    { source: "a { [x, y] }\nb", faults: ["MZ1011 [x, y]"], tree: "a {} (faulty)\nb" },
    { source: "a /-", faults: ["MZ1028 /-"], tree: "a" },
    { source: "a { /- }", faults: ["MZ1028 /-"], tree: "a {}" },
    { source: "/-\n", faults: ["MZ1028 /-"], tree: "" },
    { source: "a /* b /* c */\nd", faults: ["MZ1016 /*"], tree: "a\n(not whole)" },
    { source: "a */", faults: ["MZ1001 */"], fixed: "a ", tree: "a (faulty)" },
  ])("$source", check);
});

describe("texts", () => {
  test.each<Case>([
    {
      source: 'a "\u0001x" "\u0001\\t" #"\u0001"# \u0002',
      faults: ["MZ1020 \u0001", "MZ1020 \u0001", "MZ1020 \u0001", "MZ1020 \u0002"],
      fixed: 'a "x" "\\t" #""# ',
      tree: 'a "x" "\\\\t" "" (faulty)',
    },
    {
      source: "user\u200eid \u202ex\u0001",
      faults: ["MZ1020 \u200e", "MZ1020 \u202e", "MZ1020 \u0001"],
      fixed: "userid x",
    },
    {
      source: 'a "\ud800" // \udc00',
      faults: ["MZ1020 \ud800", "MZ1020 \udc00"],
      fixed: 'a "" // ',
    },
    { source: "a \ufeffb", faults: ["MZ1020 \ufeff"], fixed: "a b" },
    {
      source: "/// d\u007foc\na \u0007",
      faults: ["MZ1020 \u007f", "MZ1020 \u0007"],
      fixed: "/// doc\na ",
      tree: "/*doc*/ a (faulty)",
    },
    { source: "a\0b", faults: ["MZ1025 \0"], tree: "\n(not whole)" },
    {
      source: "a\n<<<<<<< HEAD\nb 1\n=======\nb 2\n>>>>>>> branch\nc",
      faults: ["MZ1021 <<<<<<< HEAD"],
      tree: "a\nb 1\nc",
    },
    {
      source: "<<<<<<< HEAD\r\nb 1\r\n||||||| base\r\nb 0\r\n=======\r\nb 2\r\n>>>>>>> x\r\nc",
      faults: ["MZ1021 <<<<<<< HEAD"],
      tree: "b 1\nc",
    },
    { source: "<<<<<<< HEAD\na\n=======\nb", faults: ["MZ1021 <<<<<<< HEAD"], tree: "a\nb" },
    { source: "a\n>>>>>>> x\nb", faults: ["MZ1021 >>>>>>> x"], tree: "a\nb" },
  ])("$source", check);

  test("nesting ends at 64 levels, and what follows is read", () => {
    const nest = (depth: number): string => `${"a {".repeat(depth)}${"}".repeat(depth)}\nb`;
    expect(read(nest(64)).diagnostics).toEqual([]);
    const { value, diagnostics } = read(nest(65));
    expect(diagnostics.map(({ code, primary }) => [code, primary?.span.start])).toEqual([
      ["MZ1022", 64 * 3 + 2],
    ]);
    expect(value.nodes.map(({ name }) => name.text)).toEqual(["a", "b"]);
    expect(read("a {".repeat(100_000)).diagnostics.map(({ code }) => code)).toEqual([
      "MZ1022",
      "MZ1002",
    ]);
    expect(read("a /-{".repeat(100_000)).diagnostics.map(({ code }) => code)).toEqual([
      "MZ1022",
      "MZ1002",
    ]);
  });

  test("files of a million bytes are read, larger ones refused", () => {
    const line = "// é\n";
    const most = Math.floor(largestFile / 6);
    expect(read(line.repeat(most)).diagnostics).toEqual([]);
    expect(read(line.repeat(most + 1)).diagnostics).toMatchObject([{ code: "MZ1023" }]);
    expect(read(" ".repeat(5_000_000))).toMatchObject({
      value: { nodes: [], whole: false },
      diagnostics: [{ code: "MZ1023" }],
    });
  });

  test("a hundred faults of a file are shown, the rest counted", () => {
    const { diagnostics } = read("a x=1 x=2\n".repeat(250));
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)).toMatchObject({
      code: "MZ1026",
      message: "there are at least 150 more syntax errors in this file",
      primary: { span: { start: 1006 } },
    });
  });

  test("messages stay short, whatever the text", () => {
    const long = "x".repeat(100_000);
    for (const source of [
      `a ${long}=1 ${long}=2`,
      `${long} {`,
      `a 1${long}`,
      `a "\\d${long}"`,
      `a [${long}`,
    ]) {
      const [diagnostic] = read(source).diagnostics;
      expect(
        `${diagnostic?.message}${diagnostic?.help}${diagnostic?.primary?.text}`.length,
      ).toBeLessThan(400);
    }
  });
});

test("both places of a repeated property are shown", () => {
  const [diagnostic] = read("a x=1 y=2 x=3").diagnostics;
  expect(diagnostic?.primary?.span).toEqual({ file: 0, start: 10, end: 13 });
  expect(diagnostic?.related.map(({ span }) => span)).toEqual([{ file: 0, start: 2, end: 5 }]);
});

describe("words of the report", () => {
  const explain = (source: string): string[] =>
    read(source).diagnostics.map(({ message, primary, help, related }) =>
      [message, primary?.text, ...related.map(({ text }) => text), help].join(" / "),
    );
  test.each<[string, string]>([
    ["a x=true", "`true` is neither a keyword nor a string / needs a `#` / write `#true`"],
    [
      "enum E true",
      '`true` is neither a keyword nor a string / needs quotes / to mean the text, write `"true"`',
    ],
    [
      "cache ttl=1h",
      "`1h` is neither a number nor a name / not a number / a duration is a number of seconds: write `3600`",
    ],
    [
      "a x=1 x=2",
      "the property `x` is given twice / given again / first given here / keep one of them",
    ],
    ["a string[]", "KDL has no square brackets / a list type / write `list<string>`"],
    [
      'a "^\\d"',
      '`\\d` is no escape / not an escape / for text with backslashes, such as a pattern, write a raw string: `#"^\\d"#`',
    ],
    [
      "a {\n  b\nc",
      "the block of `a` is never closed / opened here / by its indentation this stands outside of the block / write `}` on a line of its own before the text that follows the block",
    ],
    [
      "a { b {",
      "the block of `b` is never closed / opened here / the block of `a` is open too / the file ends inside of 2 blocks: write a `}` for each",
    ],
  ])("%s", (source, expected) => {
    expect(explain(source)).toEqual([expected]);
  });

  test("never the parser's own", () => {
    const hostile = 'a ( [ { = "\\q #"x 1h , ; ] ) } /- \\ \u0001 #foo \'x """y';
    for (let end = 0; end <= hostile.length; end++) {
      for (const text of explain(hostile.slice(0, end))) {
        expect(text).not.toMatch(/token|expecting|mismatch|redundant|lexer|viable/i);
      }
    }
  });
});
