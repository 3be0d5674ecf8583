/** Keys against recorded ones, and the words they are made of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deriveCacheKey, type CacheKeyInput } from "./index.js";

type Recorded = CacheKeyInput & { readonly name: string; readonly key: string };

const file = join(__dirname, "../../spec/conformance/cache-keys.json");
const recorded: readonly Recorded[] = JSON.parse(readFileSync(file, "utf8"));

test.each(recorded.map((each) => [each.name, each] as const))("%s", (_, { key, ...input }) => {
  expect(deriveCacheKey(input)).toBe(key);
});

const base = { secret: "s", context: "c", params: {}, user: null, rev: 0 };
const key = (params: Record<string, unknown>, types?: Record<string, string>): string =>
  deriveCacheKey({ ...base, params, types });

test("what means the same has one key, what differs has another", () => {
  expect(key({ a: 1, b: 2 })).toBe(key({ b: 2, a: 1 }));
  expect(key({ a: 1 })).toBe(key({ a: "1" }));
  expect(key({ a: { y: 1, x: [true] } })).toBe(key({ a: { x: [true], y: 1 } }));
  const keys = [
    key({}),
    key({ a: null }),
    key({ a: "" }),
    key({ a: 1 }),
    key({ a: 1 }, { a: "number" }),
    key(JSON.parse('{"__proto__":1}')),
    deriveCacheKey({ ...base, user: "" }),
    deriveCacheKey({ ...base, user: 0 }),
    deriveCacheKey({ ...base, rev: 1 }),
    deriveCacheKey({ ...base, secret: "t" }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  [1, "1.0"],
  [-0, "-0.0"],
  [0.1, "0.1"],
  [1.5, "1.5"],
  [120, "120.0"],
  [123.456, "123.456"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [1.5e-7, "1.5e-07"],
  [1e15, "1000000000000000.0"],
  [1e16, "1e+16"],
  [-1.25e100, "-1.25e+100"],
])("the number %p is written %s", (value, word) => {
  expect(key({ a: value }, { a: "number" })).toBe(key({ a: word }));
});
