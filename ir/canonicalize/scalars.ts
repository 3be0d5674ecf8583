/** The types that are words by themselves. */
import { assertNever } from "../assert-never.js";
import type { Shape } from "../model/canonical.js";
import { scalarNames, type ScalarName } from "../model/contract.js";

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
