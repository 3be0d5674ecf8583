/** Type expressions as text, and built from parts. */
import type { TypeExpr } from "../model/contract.js";
import type { Span } from "../source/source.js";

/** `list<A>` or `map<A>`. */
export function generic(word: "list" | "map", inner: TypeExpr, span: Span): TypeExpr {
  return word === "list"
    ? { kind: "list", item: inner, constraints: [], span }
    : { kind: "map", value: inner, span };
}

/** A type as its author would write it. */
export function typeText(type: TypeExpr): string {
  switch (type.kind) {
    case "scalar":
    case "name":
      return type.name;
    case "enum":
      return type.name?.text ?? type.values.map((value) => JSON.stringify(value)).join("|");
    case "list":
      return `list<${typeText(type.item)}>`;
    case "map":
      return `map<${typeText(type.value)}>`;
    case "optional":
      return type.inner.kind === "union"
        ? `${typeText(type.inner)}|null`
        : `${typeText(type.inner)}?`;
    case "union":
      return type.members.map(typeText).join("|");
    case "error":
      return "…";
  }
}
