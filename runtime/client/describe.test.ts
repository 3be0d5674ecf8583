/** Which params are one instance, and what a merge may be spliced into. */
import { describe as describeInstance } from "./describe.js";
import { share } from "./share.js";
import { spliced } from "./splice.js";

const context = (kind: string) => ({
  contract: { hash: "ours", headerPrefix: "X-Mizan-" },
  name: "some",
  slots: { slot: `p:${kind}` },
});
const keyOf = (kind: string, p: unknown): string => describeInstance(context(kind), { p }).key;

test.each<[string, unknown[]]>([
  ["integer", [5, "5", "05", 5.0, 5n]],
  ["integer", [0, -0, "0", "-0"]],
  ["number", [1.5, "1.50", "15e-1"]],
  ["boolean", [true, "true", 1, "1"]],
  ["boolean", [false, "false", 0, "0"]],
  ["uuid", ["A0EEBC99-9C0B", "a0eebc99-9c0b"]],
  [
    "json",
    [
      { a: 1, b: [{ c: 1, d: 2 }] },
      { b: [{ d: 2, c: 1 }], a: 1 },
    ],
  ],
  ["integer?", [null, undefined]],
])("of a param of kind %s, %j are one instance", (kind, spellings) => {
  expect(new Set(spellings.map((value) => keyOf(kind, value))).size).toBe(1);
});

test.each<[string, unknown[]]>([
  ["integer", [5, 6, -5, "x", "", NaN, Infinity, null]],
  ["string", ["5", "05", "A", "a", "", "null", null]],
  ["boolean", [true, false, null]],
  ["json", [[1, 2], [2, 1], "1", {}, [], null]],
])("of a param of kind %s, %j are all different", (kind, values) => {
  expect(new Set(values.map((value) => keyOf(kind, value))).size).toBe(values.length);
});

test("no two contexts or params run into each other", () => {
  const two = { ...context("string"), slots: { slot: "p:string q:string?" } };
  const keys = [{ p: "a", q: "b" }, { p: 'a","b' }, { p: "a" }, { q: "a" }].map(
    (params) => describeInstance(two, params).key,
  );
  expect(new Set(keys).size).toBe(4);
  expect(describeInstance({ ...two, name: "other" }, { p: "a" }).key).not.toBe(keys[2]);
});

test("only declared params count, and none is inherited", () => {
  const { params } = describeInstance(context("integer"), { p: 1, other: 2 });
  expect(params).toEqual({ p: 1 });
  const odd = { ...context("string"), slots: { slot: "constructor:string? toString:string?" } };
  expect(describeInstance(odd, {}).params).toEqual({});
  expect(describeInstance(odd, undefined).params).toEqual({});
});

test("what may be any JSON is sent as JSON text, and shown as it was given", () => {
  for (const p of [[1, [2]], "a", "5", 5, true, {}, []]) {
    const { params, _sent: sent } = describeInstance(context("jsontext"), { p });
    expect([params, sent]).toEqual([{ p }, { p: JSON.stringify(p) }]);
  }
  expect(describeInstance(context("jsontext?"), { p: null })._sent).toEqual({});
  expect(describeInstance(context("json"), { p: [1, 2] })._sent).toEqual({ p: [1, 2] });
});

const LIST = [{ id: 1 }, { id: 2 }, null];
test.each<[string, object, unknown]>([
  [
    "upsert, there",
    { op: "upsert", key: "id", value: { id: 2, a: 1 } },
    [{ id: 1 }, { id: 2, a: 1 }, null],
  ],
  ["upsert, new", { op: "upsert", key: "id", value: { id: 3 } }, [...LIST, { id: 3 }]],
  [
    "prepend, there",
    { op: "prepend", key: "id", value: { id: 2, a: 1 } },
    [{ id: 1 }, { id: 2, a: 1 }, null],
  ],
  ["prepend, new", { op: "prepend", key: "id", value: { id: 3 } }, [{ id: 3 }, ...LIST]],
  ["remove, there", { op: "remove", key: "id", value: { id: 1 } }, [{ id: 2 }, null]],
  ["remove, absent", { op: "remove", key: "id", value: { id: 9 } }, LIST],
  ["the whole list", { value: [] }, []],
  ["no list", { value: { id: 1 } }, undefined],
  ["nothing", { value: null }, undefined],
  ["no value", {}, undefined],
  ["an op that is inherited", { op: "constructor", key: "id", value: { id: 1 } }, undefined],
  ["an element without its key", { op: "upsert", key: "id", value: {} }, undefined],
  ["an element that is none", { op: "upsert", key: "id", value: 5 }, undefined],
  ["no key", { op: "upsert", value: { id: 1 } }, undefined],
])("a list after %s", (_, entry, expected) => {
  expect(spliced(LIST, entry, "")).toEqual(expected);
});

test("an element needs a list, a value replaces anything else", () => {
  const entry = { op: "upsert", key: "id", value: { id: 1 } };
  for (const old of [null, undefined, {}, "list"]) expect(spliced(old, entry, "")).toBeUndefined();
  expect(spliced({ a: 1 }, { value: null }, "")).toBeNull();
  expect(spliced(1, { value: { result: [1] } }, "box")).toEqual([1]);
});

test("what is equal keeps its identity, whatever its names", () => {
  const old = JSON.parse('{"a": [{"id": 1}, {"id": 2}], "__proto__": {"b": 1}}');
  const next = JSON.parse('{"a": [{"id": 1}, {"id": 3}], "__proto__": {"b": 1}}');
  const shared: { a?: unknown[] } = Object(share(old, next));
  expect(shared).toEqual(next);
  expect(shared.a?.[0]).toBe(old.a[0]);
  expect(share(old, structuredClone(old))).toBe(old);
  expect(share([1], { 0: 1 })).toEqual({ 0: 1 });
  expect(share({ a: {} }, { constructor: {} })).toEqual({ constructor: {} });
});
