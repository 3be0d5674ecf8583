/**
 * Any text at all: `parse` never throws, places lie where they should, and nothing is refused in silence.
 * Seeded, so that a failure comes again.
 */
import fc from "fast-check";
import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.js";
import type * as syntax from "../model/syntax.js";
import { decodeSource } from "../source/decode.js";
import type { Span } from "../source/source.js";
import { parse } from "./parse.js";
import { showDocument } from "./testing/show.js";

const contract = `/// A customer, as the shop sees them.
type Profile {
    user_id integer
    name string min-length=1 pattern=#"^\\w+"#
    email email? default="a\\u{40}b \\
        c" // optional
    tags list<string>
}
type Order id=integer total=decimal; enum Role admin "guest user" { /-x; y }
// mizan-ignore MZ5004
context user {
    function user_profile user_id=integer -> Profile { errors UserNotFound }
    cache ttl=60 /* nested /* comment */ */
}
/-function gone -> X { rev 2 }
error UserNotFound status=404 message="""
    No such
      user.
    """ { user_id integer }
`;

/** What breaks parsers: structure, quotes, escapes, comments, odd characters, half of everything. */
const pieces = [
  ..."{}()[];=,:\"'\\/#-*?|<> \n\t\r\0\ufeff\u200e\u2028\uffff\ud83d\ude00\ud800é0",
  ...'/- /* */ // /// """ #" "# #""" """# #true #nul true null 1h .5 0x 1_ \\u{ \\u{D800} \\d \\\n'.split(
    " ",
  ),
  ...[
    "<<<<<<< a\n",
    "\n=======\n",
    "\n>>>>>>> b\n",
    "__proto__=1 ",
    "a {\n",
    "\n}\n",
    "x=1 x=2",
    "(t)",
    "a[]",
    "f(a: b)",
  ],
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  insert: fc.array(fc.constantFrom(...pieces), { maxLength: 3 }),
});

function applyEdits(
  text: string,
  edits: readonly { at: number; remove: number; insert: string[] }[],
): string {
  return edits.reduce((current, { at, remove, insert }) => {
    const start = Math.floor(at * current.length);
    return current.slice(0, start) + insert.join("") + current.slice(start + remove);
  }, text);
}

/** Everything that must hold of the reading of any text. */
function examine(text: string): void {
  const outcome = parse({ id: 3, path: "fuzz.kdl", text });
  const whole: Span = { file: 3, start: 0, end: text.length };
  for (const node of outcome.value.nodes) examineNode(node, whole);
  for (const diagnostic of outcome.diagnostics) examineDiagnostic(diagnostic, whole);
  if (isIncomplete(outcome)) expect(outcome.diagnostics.length).toBeGreaterThan(0);
  expect(outcome.diagnostics.length).toBeLessThanOrEqual(101);
}

function examineNode(node: syntax.Node, parent: Span): void {
  expectWithin(node.span, parent);
  expectWithin(node.name.span, node.span);
  for (const { span } of node.args) expectWithin(span, node.span);
  for (const { span, name, value } of node.props) {
    expectWithin(span, node.span);
    expectWithin(name.span, span);
    expectWithin(value.span, span);
  }
  for (const child of node.children ?? []) examineNode(child, node.span);
  if (node.doc !== null && node.doc.span.end > node.span.start)
    throw new Error("documentation inside");
  expectOrder([node.name, ...node.args].map(({ span }) => span));
  expectOrder(node.props.map(({ span }) => span));
  expectOrder((node.children ?? []).map(({ span }) => span));
}

function examineDiagnostic(
  { code, message, primary, related, fix }: Diagnostic,
  whole: Span,
): void {
  expect(code).toMatch(/^MZ10\d\d$/);
  expect(message).not.toMatch(/\{[a-z]+\}|undefined|token|expecting/);
  if (primary === null) throw new Error(`${code} has no place`);
  for (const { span } of [primary, ...related]) expectWithin(span, whole);
  if (fix !== null) expectWithin(fix.span, whole);
}

function expectWithin(span: Span, parent: Span): void {
  const fits =
    span.file === parent.file &&
    parent.start <= span.start &&
    span.start <= span.end &&
    span.end <= parent.end;
  if (!fits) throw new Error(`${JSON.stringify(span)} is not within ${JSON.stringify(parent)}`);
}

function expectOrder(spans: readonly Span[]): void {
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    if (before !== undefined && before.end > span.start)
      throw new Error(`out of order: ${JSON.stringify(spans)}`);
  }
}

function isIncomplete({ value }: Outcome<syntax.Document>): boolean {
  const hasFault = (node: syntax.Node): boolean =>
    node.faulty || (node.children ?? []).some(hasFault);
  return !value.whole || value.nodes.some(hasFault);
}

const property = (arbitrary: fc.Arbitrary<string>, numRuns: number): void => {
  fc.assert(fc.property(arbitrary, examine), { numRuns, seed: 2024 });
};

test("mutated contracts", () => {
  property(
    fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => applyEdits(contract, edits)),
    1500,
  );
});

test("pieces of syntax in any order", () => {
  property(
    fc
      .array(fc.constantFrom(...pieces, "a", "b", " "), { maxLength: 40 })
      .map((all) => all.join("")),
    1500,
  );
});

test("any text", () => {
  property(fc.string({ unit: "binary", maxLength: 80 }), 400);
  property(fc.string({ unit: "grapheme-ascii", maxLength: 80 }), 400);
  property(
    fc.array(fc.nat(0xffff), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes)),
    1000,
  );
});

test("any bytes", () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  fc.assert(
    fc.property(bytes, fc.boolean(), (random, atStart) => {
      const sound = new TextEncoder().encode(contract);
      const mixed = Uint8Array.from(atStart ? [...random, ...sound] : [...sound, ...random]);
      const { value, diagnostics } = decodeSource(mixed, 3);
      for (const diagnostic of diagnostics) {
        examineDiagnostic(diagnostic, { file: 3, start: 0, end: value.length });
      }
      examine(value);
    }),
    { numRuns: 300, seed: 2024 },
  );
});

test("a contract cut off anywhere, or with any character taken out", () => {
  const sound = parse({ id: 3, path: "fuzz.kdl", text: contract });
  expect(sound.diagnostics).toEqual([]);
  for (let at = 0; at <= contract.length; at++) {
    examine(contract.slice(0, at));
    examine(contract.slice(0, at) + contract.slice(at + 1));
    examine(`${contract.slice(0, at)}"${contract.slice(at)}`);
  }
});

test("line ends do not matter", () => {
  const shown = showDocument(parse({ id: 3, path: "fuzz.kdl", text: contract }).value);
  for (const lineEnd of ["\r\n", "\r", "\u2028"]) {
    const text = contract.replaceAll("\n", lineEnd);
    expect(showDocument(parse({ id: 3, path: "fuzz.kdl", text }).value)).toBe(shown);
  }
});

/** Texts of one kind, as long as a file may be: what takes quadratic time or deep recursion shows here. */
test.each<[kind: string, piece: string, before?: string, after?: string]>([
  ["open braces", "a{"],
  ["open braces on lines", "a {\n"],
  ["indented open braces", `${" ".repeat(200)}a {\n`],
  ["closing braces", "}"],
  ["slashdashes", "/-"],
  ["slashdashed blocks", "a /-{"],
  ["open comments", "/*"],
  ["open parentheses", "("],
  ["open brackets", "a [ "],
  ["parentheses in turn", "a (b "],
  ["quotes", '"'],
  ["strings", '"a" '],
  ["unclosed strings", 'a "\n'],
  ["bad escapes", '"\\d" '],
  ["hashes", "#"],
  ["raw string openings", '#"'],
  ["raw string openings of two", '##"a '],
  ["unequal hashes", '"#\\"##'],
  ["multi-line openings", '"""'],
  ["backslashes", "\\"],
  ["equals signs", "="],
  ["properties", "a=1 "],
  ["commas", '"a",'],
  ["numbers with commas", "1,2 "],
  ["other quotes", "'a "],
  ["digits", "1"],
  ["malformed numbers", "1a."],
  ["conflict starts", "<<<<<<< a\n"],
  ["conflict separators", "<<<<<<< a\n=======\n"],
  ["annotations", "(a)"],
  ["calls", "type f(a "],
  ["comment lines", "/// a\n"],
  ["blank lines", "\n"],
  ["forbidden characters", "\u0001"],
  ["half characters", "\ud800"],
  ["nodes", "a;"],
  ["semicolons", ";"],
  ["braces behind a quote", " {x", 'a "'],
  ["braces behind quotes", '"a {x\n'],
  ["bracketed names", "errors [a, b]\n"],
  ["doubled braces", "a {{\n"],
  ["one word", "x"],
  ["one comment", "x", "// "],
  ["one string", "x", 'a "', '"'],
  ["one raw string", "x", 'a #"', '"#'],
  ["one raw string of lines", "x\n", 'a #"""\n', '\n"""#'],
  ["one string of lines", "x\n", 'a """\n', '\n"""'],
  ["one string with escapes", "\\n", 'a "', '"'],
  ["white space", " "],
  ["white space in an open string", " ", 'a "', "x"],
  ["white space in brackets", " ", "enum E [a", "b]"],
  ["white space in parentheses", " ", "type A(a", "b)"],
  ["commas in brackets", ",", "enum E [a", "b]"],
])("a long file of %s", (_, piece, before = "", after = "") => {
  const count = Math.floor(100_000 / new TextEncoder().encode(piece).length);
  const text = before + piece.repeat(count) + after;
  const { diagnostics } = parse({ id: 3, path: "fuzz.kdl", text });
  const whole: Span = { file: 3, start: 0, end: text.length };
  for (const diagnostic of diagnostics) examineDiagnostic(diagnostic, whole);
});
