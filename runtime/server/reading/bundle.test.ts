import fc from "fast-check";
import { toBundle, toSlots, type Slot } from "./bundle.js";

test("a bundle is cut into the slots it was made of, whatever is in them", () => {
  const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(',\n"b":', '":', "}", '{"a":1,\n"b":2}', "\u2028", "\\n"),
  );
  const value = fc.oneof(fc.jsonValue({ stringUnit: "binary" }), text, fc.dictionary(text, text));
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (given) => {
      const slots = given.map(([key, member]): Slot => [key, JSON.stringify(member)]);
      const bundle = toBundle(slots);
      expect(toSlots(bundle)).toEqual(slots);
      expect(JSON.parse(bundle.body)).toEqual(
        Object.fromEntries(slots.map(([key, json]) => [key, JSON.parse(json)])),
      );
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("the same slots have the same tag, other ones another", () => {
  const tag = (json: string): string => toBundle([["a", json]]).etag;
  expect(tag("1")).toMatch(/^"[\w-]{27}"$/);
  expect(tag("1")).toBe(tag("1"));
  expect(tag("1")).not.toBe(tag("2"));
});
