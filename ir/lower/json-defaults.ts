/**
 * The plain canonical form has no word for `json`: it writes `primitive "string"`, and the default as it is.
 * A default that is no text tells what was meant:
 *
 *     a json default=5   →   field "a" required=#false default=5 { primitive "string" }
 */
import type { Literal } from "../model/canonical.js";
import type { ScalarName, TypeExpr } from "../model/contract.js";

/** The type of a canonical field, with `json` for a text that its default cannot be. */
export function withJsonDefault(type: TypeExpr, literal: Literal | null): TypeExpr {
  const takers = literal === null ? null : takersOf(literal);
  return takers === null || takes(type, takers) ? type : withJson(type);
}

/** The types that a literal is a value of; null for a literal that a text can be. */
function takersOf(literal: Literal): readonly ScalarName[] | null {
  switch (literal.kind) {
    case "integer":
      return ["integer", "number", "json"];
    case "number":
      return Number.isSafeInteger(literal.value)
        ? ["integer", "number", "json"]
        : ["number", "json"];
    case "boolean":
      return ["boolean", "json"];
    case "string":
    case "null":
      return null;
  }
}

function takes(type: TypeExpr, takers: readonly ScalarName[]): boolean {
  switch (type.kind) {
    case "scalar":
      return takers.includes(type.name);
    case "optional":
      return takes(type.inner, takers);
    case "union":
      return type.members.some((member) => takes(member, takers));
    case "name":
    case "enum":
    case "list":
    case "map":
    case "error":
      return false;
  }
}

/** The type with `json` for each text that nothing more is known of. */
function withJson(type: TypeExpr): TypeExpr {
  switch (type.kind) {
    case "scalar": {
      const isPlainText = type.name === "string" && type.constraints.length === 0;
      return isPlainText ? { ...type, name: "json" } : type;
    }
    case "optional":
      return { ...type, inner: withJson(type.inner) };
    case "union":
      return { ...type, members: type.members.map(withJson) };
    case "name":
    case "enum":
    case "list":
    case "map":
    case "error":
      return type;
  }
}
