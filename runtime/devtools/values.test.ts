/** Any value is told in bounded texts, and nothing of it is read before it is asked for. */
import fc from "fast-check";
import { childrenOf, describeValue, LONGEST_TEXT, readSafely, toJson } from "./values.js";

const textOf = (value: unknown): string => describeValue(value).text;

test.each([
  ["text", '"text"'],
  [5, "5"],
  [NaN, "NaN"],
  [10n, "10n"],
  [null, "null"],
  [undefined, "undefined"],
  [Symbol("s"), "Symbol(s)"],
  [[1, 2], "[2]"],
  [{}, "{}"],
  [{ a: 1, b: 2 }, "{a, b}"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
])("%p", (value, text) => expect(textOf(value)).toBe(text));

test("anything at all has a text, and so has what is below it", () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
      (value) => {
        const described = describeValue(value);
        expect(described.text.length).toBeLessThanOrEqual(240);
        for (const [name, read] of childrenOf(value, 100)) {
          expect(typeof name).toBe("string");
          expect(typeof textOf(readSafely(read))).toBe("string");
        }
        expect(typeof toJson(value)).toBe("string");
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

test("a value that throws wherever it is touched is told as that", () => {
  const fail = (): never => {
    throw new Error("mine");
  };
  const hostile = new Proxy({}, { ownKeys: fail, get: fail, getPrototypeOf: fail });
  expect(textOf(hostile)).toBe("(cannot be read)");
  expect(childrenOf(hostile, 10)).toEqual([]);
  expect(toJson(hostile)).toBe("(cannot be read)");
});

test("nothing is read of a branch that stays closed", () => {
  let reads = 0;
  const lazy = Object.defineProperty({}, "part", { enumerable: true, get: () => ++reads });
  expect(textOf(lazy)).toBe("{part}");
  const [[, read] = ["", () => 0]] = childrenOf(lazy, 10);
  expect(reads).toBe(0);
  expect(readSafely(read)).toBe(1);
});

test("what goes round in circles says where, and as JSON too; equal parts side by side do not", () => {
  const part = { name: "part" };
  const circle: Record<string, unknown> = { first: part, second: part };
  circle["self"] = circle;
  expect(describeValue(circle, [circle]).text).toBe("↻ what it is in");
  expect(JSON.parse(toJson(circle))).toEqual({ first: part, second: part, self: "(circular)" });
});

test("long texts are cut, and cut once more where there is no end to them", () => {
  const described = describeValue("x".repeat(100_000));
  expect(described.text.length).toBe(240);
  expect(described.kind === "text" && described.whole?.length).toBe(LONGEST_TEXT + 2);
});

test("what is nested deeper than a stack is told as such", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(textOf(deep)).toBe("[1]");
  expect(toJson(deep)).toBe("(cannot be read)");
});
