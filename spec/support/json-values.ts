/** Random JSON values that mostly fit a shape, for holding two readers of it against each other. */
import fc from "fast-check";
import type { Field, Shape } from "../../runtime/server/definition.js";
import type { TextFormat } from "../../runtime/wire/formats.js";

/** Of each format some texts that fit, and some that do not. */
export const samples: { readonly [Format in TextFormat]: readonly string[] } = {
  datetime: [
    "2024-01-02T03:04:05Z",
    "2024-02-30T00:00:00Z",
    "2024-01-02T03:04:05.5+02:00",
    "2024-01-02",
  ],
  date: ["2024-01-02", "2023-02-29", "2024-1-2"],
  time: ["03:04:05", "25:00:00", "03:04"],
  uuid: ["ABCDEF00-0000-0000-0000-00000000000a", "1"],
  decimal: ["1.50", "1.", "-2"],
  bytes: ["YWJj", "YWJ", ""],
  email: ["ada@example.org", "ada"],
  url: ["https://example.org", "example", " https://example.org", "https://example.org/\n"],
};

const word = fc.constantFrom("", "a", "b", "ab", "Éa", "a\nb", "constructor", "5");
const anything = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(0.3, 2.03, 2 ** 53, -0.5, 1e21),
  word,
  fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom("a", "b", "toString"), fc.integer(), { maxKeys: 2 }),
);

/** The fields of a named struct; where there are none, a reference is a value of any kind. */
export type FieldsOf = (type: string) => readonly Field[] | undefined;

/** Structs inside each other, before their fields become anything. */
const DEEPEST = 3;

function valuesOf(
  shape: Shape,
  fieldsOf: FieldsOf = () => undefined,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (part: Shape): fc.Arbitrary<unknown> => valuesOf(part, fieldsOf, depth);
  const fitting = (): fc.Arbitrary<unknown> => {
    switch (shape.kind) {
      case "integer":
        return fc.integer({ min: -4, max: 4 });
      case "number":
        return fc.oneof(
          fc.integer({ min: -4, max: 4 }),
          fc.integer().map((n) => n / 100),
        );
      case "boolean":
        return fc.boolean();
      case "string":
        return word;
      case "enum":
        return fc.constantFrom(...shape.values);
      case "list":
        return fc.array(inner(shape.item), { maxLength: 4 });
      case "map":
        return fc.dictionary(fc.constantFrom("a", "b", "constructor"), inner(shape.value), {
          maxKeys: 3,
        });
      case "optional":
        return fc.oneof(fc.constant(null), inner(shape.inner));
      case "union":
        return fc.oneof(...shape.members.map(inner));
      case "ref": {
        const fields = fieldsOf(shape.type);
        return fields === undefined || depth === DEEPEST
          ? anything
          : objectsOf(fields, fieldsOf, depth + 1);
      }
      case "json":
      case "file":
        return anything;
      default:
        return fc.constantFrom(...samples[shape.kind]);
    }
  };
  return fc.oneof({ weight: 19, arbitrary: fitting() }, { weight: 1, arbitrary: anything });
}

/** Objects with these fields and one more, of which mostly all are there that have to be. */
export function objectsOf(
  fields: readonly Field[],
  fieldsOf: FieldsOf = () => undefined,
  depth = 0,
): fc.Arbitrary<object> {
  const members = Object.fromEntries([
    ...fields.map(({ name, shape }) => [name, valuesOf(shape, fieldsOf, depth)] as const),
    ["undeclared", anything] as const,
  ]);
  const needed = fields.filter(({ omittable }) => omittable !== true).map(({ name }) => name);
  return fc.oneof(
    { weight: 9, arbitrary: fc.record(members, { requiredKeys: needed }) },
    { weight: 1, arbitrary: fc.record(members, { requiredKeys: [] }) },
  );
}
