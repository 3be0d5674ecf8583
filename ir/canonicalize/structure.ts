/**
 * Whether two shapes have the same structure: the same fields of the same types, the names of structs and
 * enums aside, and constraints, defaults and documentation too. Structs may be recursive, so a pair that is
 * being compared counts as equal; the work is a list of pairs rather than a recursion, since a chain of
 * structs can be as long as a contract.
 */
import { assertNever } from "../assert-never.js";
import { mayBeAbsent } from "../forms.js";
import type { Field, Shape } from "../model/canonical.js";

/** The fields of a struct by its name; null where it is unknown. */
export type FieldsOf = (type: string) => readonly Field[] | null;

export function sameStructure(a: Shape, b: Shape, fieldsOf: FieldsOf): boolean {
  const assumed = new Set<string>();
  const pairs: [Shape, Shape][] = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const inner = compare(pair[0], pair[1], assumed, fieldsOf);
    if (inner === null) return false;
    pairs.push(...inner);
  }
  return true;
}

/** The pairs that must be the same for these two to be; null when they cannot be. */
function compare(
  a: Shape,
  b: Shape,
  assumed: Set<string>,
  fieldsOf: FieldsOf,
): readonly [Shape, Shape][] | null {
  switch (a.kind) {
    case "integer":
    case "number":
    case "boolean":
    case "json":
    case "file":
      return a.kind === b.kind ? [] : null;
    case "string":
      return b.kind === "string" && a.format === b.format ? [] : null;
    case "enum":
      return b.kind === "enum" && a.values.join("\0") === b.values.join("\0") ? [] : null;
    case "list":
      return b.kind === "list" ? [[a.item, b.item]] : null;
    case "map":
      return b.kind === "map" ? [[a.value, b.value]] : null;
    case "optional":
      return b.kind === "optional" ? [[a.inner, b.inner]] : null;
    case "union":
      return b.kind === "union" && a.members.length === b.members.length
        ? a.members.flatMap((member, index): [Shape, Shape][] => {
            const other = b.members[index];
            return other === undefined ? [] : [[member, other]];
          })
        : null;
    case "ref": {
      if (b.kind !== "ref") return null;
      if (a.type === b.type) return [];
      const key = JSON.stringify([a.type, b.type]);
      if (assumed.has(key)) return [];
      assumed.add(key);
      return compareFields(fieldsOf(a.type), fieldsOf(b.type));
    }
    case "error":
      return null;
    default:
      return assertNever(a);
  }
}

/** The order of fields does not matter: on the wire they are the keys of an object. */
function compareFields(
  a: readonly Field[] | null,
  b: readonly Field[] | null,
): readonly [Shape, Shape][] | null {
  if (a === null || b === null || a.length !== b.length) return null;
  const others = new Map(b.map((field) => [field.name, field]));
  const pairs: [Shape, Shape][] = [];
  for (const field of a) {
    const other = others.get(field.name);
    // What may be left out of an input matters only where an answer may then lack it too.
    if (other === undefined || mayBeAbsent(other) !== mayBeAbsent(field)) return null;
    pairs.push([field.shape, other.shape]);
  }
  return pairs;
}
