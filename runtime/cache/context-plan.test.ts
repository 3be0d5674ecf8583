/** How entries are told apart, in memory and in a store, and which of them an effect finds. */
import fc from "fast-check";
import { ContextPlan, type Entry, type ParamKind, type PlanInput } from "./index.js";

const planOf = (input: Partial<PlanInput> = {}): ContextPlan =>
  new ContextPlan({
    context: "c",
    ttl: 1,
    contract: "h",
    rev: 0,
    params: new Map(),
    scopes: [["a"], ["b", "a"], []],
    ...input,
  });

const entryOf = (
  plan: ContextPlan,
  a: readonly unknown[],
  user: string | number | null = null,
): Entry => plan.entry(new Map([["a", a]]), user);

const SECRET = "a secret of this suite";

test("whatever differs has names and keys that differ", () => {
  const mixed = planOf({ params: new Map([["a", "mixed"]]) });
  const text = planOf({ params: new Map([["a", "string"]]) });
  const entries = [
    ...[
      5,
      "5",
      null,
      "null",
      true,
      "true",
      [1],
      "[1]",
      { b: 1 },
      '{"b":1}',
      ["5"],
      { values: [1] },
    ].map((value) => entryOf(mixed, [value])),
    entryOf(mixed, [1, 2]),
    entryOf(mixed, [2, 1]),
    entryOf(mixed, [[1, 2]]),
    entryOf(mixed, [5], "ada"),
    entryOf(mixed, [5], ""),
  ];
  expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  expect(new Set(entries.map((entry) => entry.key(SECRET))).size).toBe(entries.length);
  const texts = [
    ...[null, "null", "", '"', '{"values":["x","y"]}', '["x","y"]'].map((value) => [value]),
    ["x", "y"],
  ].map((values) => entryOf(text, values));
  expect(new Set(texts.map((entry) => entry.key(SECRET))).size).toBe(texts.length);
  const structure = planOf({ params: new Map([["a", "structure"]]) });
  const structures = [
    ...[null, [], ["x", "y"], [["x", "y"]], {}, { values: ["x", "y"] }].map((value) => [value]),
    ["x", "y"],
    [["x", "y"], null],
  ].map((values) => entryOf(structure, values));
  expect(new Set(structures.map((entry) => entry.key(SECRET))).size).toBe(structures.length);
});

test("whatever is the same has one name and one key", () => {
  const plan = planOf({ params: new Map([["a", "mixed"]]) });
  const [one, other] = [
    { x: 1, y: 2 },
    { y: 2, x: 1 },
  ].map((value) => entryOf(plan, [value], 5));
  expect(one?.name).toBe(other?.name);
  expect(one?.key(SECRET)).toBe(other?.key(SECRET));
  expect(entryOf(plan, [1], 5).name).toBe(entryOf(plan, [1], "5").name);
});

test("an entry is in the scope of its context, and of each set that has values", () => {
  const plan = planOf();
  const scopes = (a: readonly unknown[], b: readonly unknown[]): readonly string[] =>
    plan
      .entry(
        new Map([
          ["a", a],
          ["b", b],
        ]),
        null,
      )
      .scopes();
  expect(scopes([1], ["x y;=&"])).toEqual(["", "a=1;b=x%20y%3B%3D%26", "a=1"]);
  expect(scopes([1], [null])).toEqual(["", "a=1"]);
  expect(scopes([null], ["x"])).toEqual([""]);
  expect(scopes([1, 1, "1"], ["x"])).toEqual(["", "a=1;b=x", "a=1"]);
  expect(scopes([1, 2], ["x", null])).toEqual(["", "a=1;b=x", "a=2;b=x", "a=1", "a=2"]);
});

test.each<readonly [kind: ParamKind, said: unknown, held: unknown]>([
  ["uuid", "AB-CD", "ab-cd"],
  ["integer", "05", 5],
  ["integer", 5, 5],
  ["number", "1.50", 1.5],
  ["boolean", "1", true],
  ["boolean", 0, false],
  ["string", 5, "5"],
  ["mixed", { b: 1, a: 2 }, { a: 2, b: 1 }],
])("an effect that says %s %p reaches what is held as %p", (kind, said, held) => {
  const plan = planOf({ params: new Map([["a", kind]]) });
  expect(entryOf(plan, [held]).scopes()).toContain(plan.scopeOf([["a", said]]).text);
});

test("the more an effect says, the narrower its scope, as far as it was foreseen", () => {
  const plan = planOf();
  const text = (...names: string[]): string =>
    plan.scopeOf(names.map((name) => [name, 1] as const)).text;
  expect(text()).toBe("");
  expect(text("b")).toBe("");
  expect(text("a")).toBe("a=1");
  expect(text("a", "z")).toBe("a=1");
  expect(text("a", "b", "z")).toBe("a=1;b=1");
});

test("an effect reaches every entry that agrees with it, whatever sets were foreseen", () => {
  const names = ["a", "b", "d"];
  const value = fc.constantFrom(1, 2, null);
  const params = fc.tuple(value, value, value);
  const sets = fc.array(fc.subarray(names), { maxLength: 4 });
  fc.assert(
    fc.property(sets, params, params, (scopes, held, said) => {
      const plan = planOf({ scopes });
      const entry = plan.entry(new Map(names.map((name, index) => [name, [held[index]]])), null);
      const effect = names.flatMap((name, index) =>
        said[index] === null ? [] : [[name, said[index]] as const],
      );
      const agrees = effect.every(([name, word]) => held[names.indexOf(name)] === word);
      const reached = entry.scopes().includes(plan.scopeOf(effect).text);
      expect(reached || !agrees).toBe(true);
      const foreseen = scopes.some(
        (set) => set.length === effect.length && effect.every(([name]) => set.includes(name)),
      );
      if (foreseen && effect.length > 0) expect(reached).toBe(agrees);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test("plans that sort entries differently are of different families", () => {
  const family = (scopes: PlanInput["scopes"]): string => planOf({ scopes }).family;
  expect(family([["a"], ["b", "a"]])).toBe(family([["a", "b"], ["a"], []]));
  const others = [family([["a"]]), family([["a", "b"]]), family([["a"], ["b"]]), family([])];
  expect(new Set(others).size).toBe(others.length);
});
