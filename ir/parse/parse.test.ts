/** Sound KDL: every kind of thing that the language has, and where it stands. */
import { Lexer } from "chevrotain";
import fc from "fast-check";
import { parse as parseByKdljs, type Node as KdljsNode } from "kdljs";
import { BaseParser } from "kdljs/src/parser/base.js";
import type * as syntax from "../model/syntax.js";
import { kinds, textOfString, tokenize } from "./kdljs.js";
import { parse } from "./parse.js";
import { showDocument } from "./testing/show.js";

const read = (text: string) => parse({ id: 0, path: "test.kdl", text });

/** Reads a sound text, and compares it with the short form of its tree. */
function check(source: string, expected: string): void {
  const { value, diagnostics } = read(source);
  expect(diagnostics).toEqual([]);
  expect(showDocument(value)).toBe(expected);
}

const lines = (...text: string[]): string => text.join("\n");

describe("nodes and entries", () => {
  test.each<[string, string]>([
    ["", ""],
    ["\n\n  \n", ""],
    ["\ufeffa", "a"],
    ["a", "a"],
    ["a\n", "a"],
    ["a;b;", "a\nb"],
    ["a 1 x=2 3 y=4", "a 1 3 x=2 y=4"],
    ["a x = 1 y\t=\t2", "a x=1 y=2"],
    ["a {}", "a {}"],
    ["a{}", "a {}"],
    ["a{b}", "a {b}"],
    ["a { b; c }", "a {b; c}"],
    ["a { b; c; }; d", "a {b; c}\nd"],
    ["a {\n  b 1 {\n    c\n  }\n}\nd", "a {b 1 {c}}\nd"],
    ['"quoted name" 1', "quoted name 1"],
    ['#"raw name"#', "raw name"],
    ['"" ""', '"" ""'],
    ['a "x"=1 #"y"#=2', "a x=1 y=2"],
    ["a \\\n  1 \\ // comment\n  2", "a 1 2"],
    ["a \\\n\nb", "a\nb"],
    ["\\\na 1", "a 1"],
    ["a \\", "a"],
    ["a x \\\n = \\\n 1", "a x=1"],
    ["a/*1*//*2*/b", "a b"],
    ["a /* one /* two */ three */ b", "a b"],
    ["/* over\nlines */a", "a"],
    ["a // comment\nb //", "a\nb"],
    ["a\rb\r\nc\u0085d\u2028e\u2029f\u000cg\u000bh", "a\nb\nc\nd\ne\nf\ng\nh"],
    ["a\u00a0b\u1680c\u2003d\u202fe\u205ff\u3000g", "a b c d e f g"],
  ])("%j", check);
});

describe("words", () => {
  test.each<[string, string]>([
    ["function f a=integer -> list<Order>?", "function f -> list<Order>? a=integer"],
    ["a A|B|null map<list<X>> *", "a A|B|null map<list<X>> *"],
    ["- -- + -a +a . .a -.a", "- -- + -a +a . .a -.a"],
    ["a,b c: d@e ~ $ % ^ & ! ? <> it's", "a,b c: d@e ~ $ % ^ & ! ? <> it's"],
    ["ノード お名前=ฅ", "ノード お名前=ฅ"],
    ["a 😀 x=😁", "a 😀 x=😁"],
    ["__proto__ __proto__ __proto__=__proto__", "__proto__ __proto__ __proto__=__proto__"],
    ["a constructor=1 toString=2", "a constructor=1 toString=2"],
    ["a #true #false #null", "a #true #false #null"],
    ["a #inf #-inf #nan", "a #inf #-inf #nan"],
    ["a x=#true y=#null", "a x=#true y=#null"],
    ["truely nullable infinite nano", "truely nullable infinite nano"],
  ])("%j", check);
});

describe("numbers", () => {
  test.each<[string, string]>([
    ["a 0 1 -1 +1 007", "a 0 1 -1 1 7"],
    ["a 1_000 1__0_", "a 1000 10"],
    ["a 1.5 -0.25 1.0 1_0.0_1", "a 1.5f -0.25f 1f 10.01f"],
    ["a 1e3 1E+3 1.5e-3 1e1_0", "a 1000f 1000f 0.0015f 10000000000f"],
    ["a 0xff 0xFF -0x10 0xdead_beef", "a 255 255 -16 3735928559"],
    ["a 0o17 +0o7 0b101 -0b1_1", "a 15 7 5 -3"],
    ["a -0 -0.0", "a 0 0f"],
    ["a 1e999 -1e999", "a Infinityf -Infinityf"],
  ])("%j", check);

  test("lose nothing: the digits are kept as written", () => {
    const image = "9007199254740993";
    const [node] = read(`a ${image}`).value.nodes;
    expect(node?.args[0]?.value).toMatchObject({ kind: "number", image, integral: true });
    expect(read("a -0").value.nodes[0]?.args[0]?.value).toMatchObject({ value: -0 });
  });
});

describe("strings", () => {
  test.each<[string, string]>([
    ['a ""', 'a ""'],
    ['a "plain text"', 'a "plain text"'],
    ['a "// no /* comment { ; }"', 'a "// no /* comment { ; }"'],
    ['a "\\n\\r\\t\\\\\\"\\b\\f\\s"', `a ${JSON.stringify('\n\r\t\\"\b\f ')}`],
    ['a "\\u{41}\\u{e9}\\u{1F600}\\u{10FFFF}\\u{0}"', 'a "Aé😀\u{10ffff}\\u0000"'],
    ['a "\\u{FFFF}" x="\\u{FEFF}"', 'a "\uffff" x="\ufeff"'],
    ['a "\uffff" \uffff #"\uffff"#', 'a "\uffff" \uffff "\uffff"'],
    ['a "one \\   \n   two\\\n"', 'a "one two"'],
    ['a "x\\ \\\ty"', 'a "xy"'],
    ['a #"raw \\n "quoted" text"#', 'a "raw \\\\n \\"quoted\\" text"'],
    ['a ##"with "# inside"##', 'a "with \\"# inside"'],
    ['a #""#', 'a ""'],
    ['a """\n  one\n    two\n  """', 'a "one\\n  two"'],
    ['a """\n\n  one\n\n  """', 'a "\\none\\n"'],
    ['a """\n"""', 'a ""'],
    ['a """\r\n\tone\r\n\ttwo\r\n\t"""', 'a "one\\ntwo"'],
    ['a """\n  "one" ""two""\n  \\"""\n  """', 'a "\\"one\\" \\"\\"two\\"\\"\\n\\"\\"\\""'],
    ['a """\n  one \\\n     two\n  """', 'a "one two"'],
    ['a """\n  tab\\tand \\u{1F600}\n  """', 'a "tab\\tand 😀"'],
    ['a #"""\n  one \\d\n  "two" """\n  """#', 'a "one \\\\d\\n\\"two\\" \\"\\"\\""'],
    ['a ##"""\n  one\n   """#\n  """##', 'a "one\\n \\"\\"\\"#"'],
    ['a "über" "日本語" "\u200b"', 'a "über" "日本語" "\u200b"'],
  ])("%j", check);
});

describe("slashdash", () => {
  test.each<[string, string]>([
    ["/-a\nb", "b"],
    ["/- a 1 { x; y }\nb", "b"],
    ["/-\n\na\nb", "b"],
    ["/- // comment\na\nb", "b"],
    ["a /-1 2", "a 2"],
    ["a 1 /- 2", "a 1"],
    ["a/-1 2", "a 2"],
    ["a /-x=1 y=2", "a y=2"],
    ["a /-x=1 x=2", "a x=2"],
    ["a /- {x} ", "a"],
    ["a /-{x} {y}", "a {y}"],
    ["a {x} /-{y}", "a {x}"],
    ["a /-{x} /-{y}", "a"],
    ["a {/-b; c}", "a {c}"],
    ["a {/-b}", "a {}"],
    ["a /-\n1 2", "a 2"],
    ["a /- /* why */ 1 2", "a 2"],
    ["a /-\\\n1 2", "a 2"],
    ["a /-1/-2 3", "a 3"],
    ["/-kdl-version 2\na", "a"],
    ['a /-"text" /-#"raw"# 1', "a 1"],
  ])("%j", check);
});

describe("comments above nodes", () => {
  test.each<[string, string]>([
    ["/// One.\na", "/*One.*/ a"],
    ["///One.\n///  Two.\na", "/*One.\n Two.*/ a"],
    ["///\na", "/**/ a"],
    ["/// One.\r\n/// Two.\r\na", "/*One.\nTwo.*/ a"],
    ["a {\n  /// One.\n  b\n}", "a {/*One.*/ b}"],
    ["/// One.\na; b", "/*One.*/ a\nb"],
    ["/// One.\n\na", "a"],
    ["//// One.\na", "a"],
    ["// One.\na", "a"],
    ["a /// One.\nb", "a\nb"],
    ["a; /// One.\nb", "a\nb"],
    ["a { /// One.\n  b\n}", "a {b}"],
    ["/// One.\n// note\n/// Two.\na", "/*One.\nTwo.*/ a"],
    ["/// One.\n/* note */ a", "/*One.*/ a"],
    ["/// One.\n/-a\nb", "b"],
    ["/// One.", ""],
    ["a {\n  /// One.\n}", "a {}"],
    ["// mizan-ignore MZ5004\na", "/*ignore MZ5004*/ a"],
    [
      "//mizan-ignore MZ5004, MZ5005\n/// One.\na",
      "/*One.*/ /*ignore MZ5004*/ /*ignore MZ5005*/ a",
    ],
    ["// mizan-ignored MZ5004\na", "a"],
    ["// mizan-ignore MZ5004\n\na", "a"],
  ])("%j", check);
});

test("everything has its place", () => {
  const source = lines(
    "/// Doc.",
    "/// More.",
    'type "A" x = 1 -> list<B> {',
    "  y /-z 2 // end",
    "} // after",
  );
  const [type] = read(source).value.nodes;
  const at = (span: { start: number; end: number } | undefined): string | undefined =>
    span && source.slice(span.start, span.end);
  expect(at(type?.span)).toBe(source.slice(source.indexOf("type"), source.indexOf("} //") + 1));
  expect(at(type?.name.span)).toBe("type");
  expect(type?.args.map(({ span }) => at(span))).toEqual(['"A"', "->", "list<B>"]);
  expect(type?.props.map(({ span, name, value }) => [span, name.span, value.span].map(at))).toEqual(
    [["x = 1", "x", "1"]],
  );
  expect(at(type?.doc?.span)).toBe("/// Doc.\n/// More.");
  expect(at(type?.children?.[0]?.span)).toBe("y /-z 2");
});

describe("against kdljs", () => {
  /** kdljs's tree in the same short form; it knows neither how strings were written nor integers. */
  function showKdljs(nodes: readonly KdljsNode[]): string {
    const show = (node: KdljsNode): string =>
      JSON.stringify([
        node.name,
        node.values.map(String),
        Object.entries(node.properties)
          .map(([name, value]) => [name, String(value)])
          .sort(),
        node.children.map(show),
      ]);
    return nodes.map(show).join("\n");
  }
  function showOurs(nodes: readonly syntax.Node[]): string {
    const text = ({ value }: syntax.Value): string =>
      value.kind === "string" ? value.text : value.kind === "null" ? "null" : String(value.value);
    const show = (node: syntax.Node): string =>
      JSON.stringify([
        node.name.text,
        node.args.map(text),
        node.props.map(({ name, value }) => [name.text, text(value)]).sort(),
        (node.children ?? []).map(show),
      ]);
    return nodes.map(show).join("\n");
  }

  // A small grammar of sound documents, walked by a seeded generator.
  function writeDocument(random: (below: number) => number): string {
    const pick = <T>(...items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];
    const space = (): string => pick(" ", "  ", "\t", " /* c */ ", " \\\n ", "\u00a0");
    const text = (): string =>
      pick(
        "a",
        "b-c",
        '"q"',
        '"\\t\\u{e9}"',
        '"a \\  b"',
        '#"r\\"#',
        '"""\n  m\n   n\n  """',
        "->",
        "x?",
      );
    const value = (): string =>
      pick(text(), "1", "-2.5", "0xf_f", "0o7", "0b1", "1e3", "#true", "#null", "#inf");
    const entry = (): string => {
      const written = random(3) === 0 ? `${text()}${pick("=", " = ")}${value()}` : value();
      return `${space()}${random(8) === 0 ? "/-" : ""}${written}`;
    };
    const node = (depth: number): string => {
      const entries = Array.from({ length: random(4) }, entry).join("");
      const block = depth < 3 && random(3) === 0 ? ` {${nodes(depth + 1)}}` : "";
      const end = pick("\n", ";", "\r\n", " // c\n");
      return `${random(9) === 0 ? "/- " : ""}${text()}${entries}${block}${end}`;
    };
    const nodes = (depth: number): string =>
      Array.from({ length: random(4) }, () => pick("", " ", "\n", "/* c\n*/") + node(depth)).join(
        "",
      );
    return nodes(0);
  }

  test("the same trees for documents of every kind", () => {
    let compared = 0;
    const property = fc.property(fc.gen(), (choose) => {
      const source = writeDocument((below) => choose(fc.nat, { max: below - 1 }));
      const theirs = parseByKdljs(source);
      const { value, diagnostics } = read(source);
      expect(theirs.errors).toEqual([]);
      // A repeated property is sound KDL, and no contract.
      if (diagnostics.some(({ code }) => code === "MZ1009")) return;
      expect(diagnostics).toEqual([]);
      expect(showOurs(value.nodes)).toBe(showKdljs(theirs.output ?? []));
      compared++;
    });
    fc.assert(property, { numRuns: 400, seed: 7 });
    expect(compared).toBeGreaterThan(300);
  });
});

describe("what is leaned on inside kdljs and chevrotain", () => {
  test("tokens cover the text and carry image, offset and kind", () => {
    const text = 'a "x\\n" #"r"# 1.5 /* /* c */ */ { b="""\n  m\n  """ } // é 😀\n[.5 #x \\';
    const tokens = tokenize(text);
    expect(tokens.map(({ image }) => image).join("")).toBe(text);
    let offset = 0;
    for (const token of tokens) {
      expect(token.startOffset).toBe(offset);
      expect(Object.values(kinds)).toContain(token.tokenType);
      offset += token.image.length;
    }
  });

  test("hints of first characters are honoured, and every character begins some token", () => {
    const step = (code: number): number => (code < 0x300 || code > 0xfe00 ? 1 : 61);
    for (let code = 0; code < 0x10000; code += step(code)) {
      const text = String.fromCharCode(code);
      expect([
        code,
        tokenize(`${text} a`)
          .map(({ image }) => image)
          .join(""),
      ]).toEqual([code, `${text} a`]);
      expect(
        tokenize(`"${text}`)
          .map(({ image }) => image)
          .join(""),
      ).toBe(`"${text}`);
    }
  });

  test("the lexer of chevrotain takes hints, and the parser of kdljs has the rules", () => {
    expect(kinds.Identifier.START_CHARS_HINT).toBeDefined();
    expect(Lexer).toBeDefined();
    expect(BaseParser.prototype).toHaveProperty("performSelfAnalysis");
    expect(textOfString(tokenize('"a\\u{1F600}"'))).toBe("a😀");
    expect(textOfString(tokenize('"""\n  a\n  """'))).toBe("a");
    expect(textOfString(tokenize('"""\n a\n  """'))).toBeNull();
    // The parser is used again after a failure.
    expect(textOfString(tokenize('"b\\t"'))).toBe("b\t");
  });
});
