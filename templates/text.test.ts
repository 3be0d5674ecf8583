import { docLines, printKeys, stringLiteral, toCommentText, toIdentifier } from "./text.js";
import { defaultLayout } from "./layout/layout.js";

const hostile = [
  "",
  "plain",
  "it's",
  'say "hi"',
  `both ' and "`,
  "back\\slash",
  "`${tick}`",
  "*/ </script> <!--",
  "line\nreturn\rtab\tnull\0del\x7f\x85",
  "\u2028\u2029\ufeff",
  "\ud800 lone \udfff",
  "👩‍👩‍👧 é e\u0301 顧客",
  "__proto__",
  "\\u0041",
];

test.each([{ singleQuote: false }, { singleQuote: true }])(
  "a literal is read as it was written (%o)",
  (layout) => {
    for (const text of hostile) {
      const literal = stringLiteral(text, layout);
      expect(Function(`return ${literal};`)()).toBe(text);
      expect(literal).not.toMatch(/[\n\r\u2028\u2029\0]/);
    }
  },
);

test.each([
  ["plain", '"plain"', "'plain'"],
  ["it's", `"it's"`, `"it's"`],
  ['"', `'"'`, `'"'`],
  [`'"`, `"'\\""`, `'\\'"'`],
])("%s is quoted with the fewest escapes", (text, double, single) => {
  expect(stringLiteral(text, { singleQuote: false })).toBe(double);
  expect(stringLiteral(text, { singleQuote: true })).toBe(single);
});

test("keys are quoted where they must be", () => {
  const members = [{ name: "a" }, { name: "größe" }, { name: "b-c" }];
  expect(printKeys(members, defaultLayout)).toEqual(["a", "größe", '"b-c"']);
  expect(printKeys(members, { ...defaultLayout, quoteProps: "consistent" })).toEqual([
    '"a"',
    '"größe"',
    '"b-c"',
  ]);
  expect(printKeys(members.slice(0, 2), { ...defaultLayout, quoteProps: "consistent" })).toEqual([
    "a",
    "größe",
  ]);
});

test.each<[readonly (string | null)[], readonly string[]]>([
  [[null], []],
  [["", "  "], []],
  [[" one line "], ["/** one line */"]],
  [
    ["one", null, "two"],
    ["/**", " * one", " * two", " */"],
  ],
  [["a\n\n  b\n"], ["/**", " * a", " *", " *   b", " */"]],
  [["a\u2028b\rc\r\nd"], ["/**", " * a", " * b", " * c", " * d", " */"]],
  [["*/ evil /*"], ["/** *\\/ evil /* */"]],
  [
    ["@ts-ignore @ts-expect-error @deprecated"],
    ["/** \\@ts-ignore \\@ts-expect-error @deprecated */"],
  ],
  [["nul\0 and\ttab"], ["/** nul  and tab */"]],
])("documentation %j becomes a comment", (paragraphs, lines) => {
  expect(docLines(paragraphs)).toEqual(lines);
});

test("a line comment stays on its line", () => {
  expect(toCommentText("a\nb\u2028c\rd")).toBe("a b c d");
});

test("what is no identifier is a bug of ours", () => {
  expect(toIdentifier("größe$1")).toBe("größe$1");
  for (const name of ["", "a-b", "1", "a;b", "a b"])
    expect(() => toIdentifier(name)).toThrow("not an identifier");
});
