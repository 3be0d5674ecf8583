/**
 * A plan with a memo says what a plan without one says: for random contracts under random edits, one after
 * the other, and for the edits that reach farther than the node they are made in.
 */
import { compile } from "../../ir/compile.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { defaultLayout, type Layout } from "../../templates/layout/layout.js";
import { createPlanMemo, type PlanMemo } from "../../templates/memo/memo.js";
import { isEqualButForPlaces } from "../../templates/memo/settle.js";
import { createWholeFile } from "../../templates/memo/whole.js";
import { plan, type PlanOptions } from "../../templates/plan.js";
import { toWorld } from "../../templates/views/names.js";
import { createChance, type Chance } from "../support/random.js";
import { randomContract, renderContract } from "../support/random-contract.js";

const options: PlanOptions = {
  contractPath: "contract",
  hash: "0123456789abcdef",
  server: { handlersImport: "../../handlers", serverImport: "../mizan/server" },
  clients: [
    { react: true, testing: true },
    { react: false, testing: false },
  ],
  layout: defaultLayout,
};
const narrow: Layout = { ...defaultLayout, printWidth: 30, trailingComma: "none", useTabs: true };
const wide: Layout = { ...defaultLayout, printWidth: 400, quoteProps: "consistent" };

/** Null where the contract has errors: then nothing is planned. */
function toCanonical(texts: readonly string[]): Canonical | null {
  const { value, diagnostics } = compile(
    texts.map((text, id) => ({ id, path: `${id}.kdl`, text })),
  );
  return diagnostics.some(({ severity }) => severity === "error") ? null : value;
}

function expectSame(canonical: Canonical, memo: PlanMemo, changed: PlanOptions = options): void {
  const facts = (used: PlanMemo | null) =>
    plan(canonical, changed, used).value.map((file) => ({ ...file }));
  expect(facts(memo)).toEqual(facts(null));
}

/** Changes something in one line, or takes it away, doubles it or moves it. */
function edit(text: string, chance: Chance): string {
  const lines = text.split("\n");
  const at = chance.int(lines.length);
  const line = lines[at] ?? "";
  const to = (pattern: RegExp, by: string): string[] => [line.replace(pattern, by)];
  const changed = chance.pick([
    () => to(/\binteger\b/, "string"),
    () => to(/\bstring\b/, "datetime"),
    () => to(/\bboolean\b/, "integer"),
    () => to(/\bdatetime\b/, "string"),
    () => to(/\?(?=\s|$)/, ""),
    () => to(/\b([a-z])([a-z]+)\b/, "$1x$2"),
    () => to(/\/\/\/ .*/, "/// Something else."),
    () => ["/// Said anew.", line],
    () => [line, ""],
    () => [],
    () => ["", "", line],
    () => to(/$/, " private"),
    () => [line, `type Fresh${at} { at datetime; count integer default=3 }`],
    () => [line, `function fresh_${at} x=integer -> string`],
    () => [line, `enum Handler open shut`],
  ])();
  return [...lines.slice(0, at), ...changed, ...lines.slice(at + 1)].join("\n");
}

test.each([1, 2, 3, 4])("random edits of random contract %i", (seed) => {
  const chance = createChance(seed);
  const memo = createPlanMemo();
  const contract = randomContract(seed, { supported: true });
  let texts = renderContract(contract, seed).map(({ text }) => text);
  let compared = 0;
  for (let round = 0; round < 150 && compared < 25; round++) {
    const at = chance.int(texts.length);
    const edited = texts.map((text, index) => (index === at ? edit(text, chance) : text));
    const canonical = toCanonical(edited);
    if (canonical === null) continue;
    texts = edited;
    compared += 1;
    const layout = chance.pick([defaultLayout, defaultLayout, narrow, wide]);
    expectSame(canonical, memo, { ...options, layout });
  }
  expect(compared).toBeGreaterThan(15);
});

const base = `
type Profile { user_id integer; name string }
error Gone { user_id integer }
context user {
    function user_profile user_id=integer -> Profile
    function user_posts user_id=integer -> list<string>
}
function rename_user user_id=integer name=string -> Profile { merge user; errors Gone }
function put_profile profile=Profile -> boolean { affects user }
function sweep { affects * }
`;

test.each([
  ["a type that is now split", "name string }", "name string default=x }"],
  [
    "a type that is no longer an input",
    "put_profile profile=Profile",
    "put_profile profile=string",
  ],
  ["fields of an error", "Gone { user_id integer }", "Gone { user_id string }"],
  ["a type that takes a name of the runtime", "error Gone", "type Call { x integer }\nerror Gone"],
  [
    "a type that takes a name of the language",
    "error Gone",
    "type Date { at datetime }\nerror Gone",
  ],
  [
    "what a second function says of a param",
    "user_profile user_id=integer -> Profile",
    "user_profile -> Profile {\n input {\n /// Whose.\n user_id integer\n }\n }",
  ],
  ["a slot that becomes private", "-> list<string>", "-> list<string> { private }"],
  [
    "a context more, for what affects everything",
    "error Gone",
    "context team { function teams -> integer }\nerror Gone",
  ],
  ["only places", "type Profile", "\n\n\ntype Profile"],
  ["the end of nearly everything", base.slice(base.indexOf("error")), ""],
])("%s", (_, before, after) => {
  const memo = createPlanMemo();
  for (const text of [base, base.replace(before, after), base]) {
    const canonical = toCanonical([text]);
    if (canonical === null) throw new Error("the contract is wrong");
    expectSame(canonical, memo);
  }
});

describe("a contract of many nodes, which are kept in runs", () => {
  const many = Array.from(
    { length: 36 },
    (_, index) => `
type Thing${index} { id integer; at datetime; note string? }
enum State${index} open shut
error Lost${index} { id integer }
context shelf${index} { function thing${index} id=integer -> Thing${index} { errors Lost${index} } }
function put${index} thing=Thing${index} state=State${index} -> Thing${index} { merge shelf${index} }
`,
  );
  const editOf = (index: number, from: string | RegExp, to: string): string[] =>
    many.map((text, at) => (at === index ? text.replace(from, to) : text));

  test.each([
    ["a field in the last of a run", editOf(31, "note string?", "note string")],
    ["a field in the first of the next", editOf(32, "at datetime", "at string")],
    ["a type, enum, error, context and function fewer", many.filter((_, at) => at !== 5)],
    ["all but one", many.slice(0, 1)],
    ["a function that affects all contexts", editOf(20, /merge \w+/, "affects *")],
    ["a private function", editOf(35, "merge shelf35", "merge shelf35; private")],
    ["another name, so that the order changes", editOf(12, /hing12/g, "angle12")],
    ["a value of an enum", editOf(30, "open shut", "open shut ajar")],
    ["the code of an error", editOf(33, "Lost33 { id", "Lost33 status=410 { id")],
  ])("%s", (_, edited) => {
    const memo = createPlanMemo();
    for (const texts of [many, edited]) {
      const canonical = toCanonical([texts.join("")]);
      if (canonical === null) throw new Error("the contract is wrong");
      expectSame(canonical, memo);
    }
  });
});

test("what does not change stays the same text, and places are no change", () => {
  const memo = createPlanMemo();
  const [first, second] = [base, `\n${base.replace("name string }", "title string }")}`].map(
    (text) => {
      const canonical = toCanonical([text]);
      return canonical === null ? null : memo.settle(canonical);
    },
  );
  expect(second?.functions).toEqual(first?.functions);
  second?.functions.forEach((fn, index) => expect(fn).toBe(first?.functions[index]));
  expect(second?.types[0]).not.toBe(first?.types[0]);
});

test.each([
  [{ a: 1, place: 1 }, { a: 1, place: 2 }, true],
  [{ a: [{ span: 1 }, 2] }, { a: [{ span: 3 }, 2] }, true],
  [{ a: [1] }, { a: [1, 2] }, false],
  [{ a: [1] }, { a: { 0: 1 } }, false],
  [{ a: 0 }, { a: -0 }, false],
  [{ a: null }, { a: {} }, false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1 }, { b: 1 }, false],
])("%j and %j are equal but for places: %s", (a, b, answer) => {
  expect(isEqualButForPlaces(a, b)).toBe(answer);
});

test("a file is made anew for what any earlier making of it read, and for nothing else", () => {
  const memo = createPlanMemo();
  const toWorldOf = (text: string) => {
    const canonical = toCanonical([text]);
    if (canonical === null) throw new Error("the contract is wrong");
    return toWorld(memo.settle(canonical), defaultLayout, memo.world, null);
  };
  const whole = createWholeFile();
  let made = 0;
  const types = (text: string, readsErrors: boolean) =>
    whole(toWorldOf(text), [], ({ canonical, errors }) => {
      made += 1;
      const fields = canonical.types.flatMap(({ fields: own }) => own.map(({ name }) => name));
      return [...fields, ...(readsErrors ? errors.keys() : [])].join(" ");
    });
  expect(types(base, true)).toBe("user_id name Gone");
  expect(types(`\n\n${base}`, true)).toBe("user_id name Gone");
  expect(types(base.replace("name=string", "name=integer"), true)).toBe("user_id name Gone");
  expect(made).toBe(1);
  const renamed = base.replace("name string", "title string");
  expect(types(renamed, false)).toBe("user_id title");
  const withField = renamed.replace("Gone { user_id integer }", "Gone { user_id string }");
  expect(types(withField, false)).toBe("user_id title");
  expect(made).toBe(3);
});
