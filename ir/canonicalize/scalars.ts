/** The types that are words by themselves. */
import { assertNever } from "../assert-never.js";
import type { Shape } from "../model/canonical.js";
import { scalarNames, type ScalarName } from "../model/contract.js";

/** What other languages call our types, in small letters. */
export const typeSynonyms: ReadonlyMap<string, string> = new Map([
  ["int", "integer"],
  ["int32", "integer"],
  ["int64", "integer"],
  ["long", "integer"],
  ["uint", "integer"],
  ["float", "number"],
  ["float64", "number"],
  ["double", "number"],
  ["real", "number"],
  ["bool", "boolean"],
  ["str", "string"],
  ["text", "string"],
  ["varchar", "string"],
  ["char", "string"],
  ["timestamp", "datetime"],
  ["guid", "uuid"],
  ["uri", "url"],
  ["any", "json"],
  ["unknown", "json"],
  ["object", "json"],
  ["dict", "map<json>"],
  ["void", "no `->` at all"],
  ["array", "list<T>"],
  ["blob", "bytes"],
  ["binary", "bytes"],
  ["money", "decimal"],
  ["upload", "file"],
]);

/** Whether a text is a type by itself, which no declaration has to be found for. */
export function isExpression(text: string): boolean {
  return scalarNames.some((scalar) => scalar === text) || /[<>?|]/.test(text);
}

/** The shape of a type that is a word by itself. */
export function toScalar(name: ScalarName): Shape {
  switch (name) {
    case "integer":
    case "number":
      return { kind: name, min: null, max: null, multipleOf: null };
    case "boolean":
    case "json":
      return { kind: name };
    case "file":
      return { kind: name, maxBytes: null, accept: null };
    case "string":
      return { kind: "string", format: null, minLength: null, maxLength: null, pattern: null };
    case "datetime":
    case "date":
    case "time":
    case "uuid":
    case "decimal":
    case "bytes":
    case "email":
    case "url":
      return { kind: "string", format: name, minLength: null, maxLength: null, pattern: null };
    default:
      return assertNever(name);
  }
}
