/** `min-length=1`, `pattern=#"^\d+$"#` …: on short fields and on the shapes of the full canonical form. */
import { constraintNames, type Constraint, type ConstraintName } from "../model/contract.js";
import type { Node, Property } from "../model/syntax.js";
import { toInteger, toNumber } from "./literals.js";
import { propertyOf, reportValue, type Out } from "./nodes.js";

/** The constraints among the properties of a node. */
export function toConstraints(node: Node, out: Out): readonly Constraint[] {
  if (node.props.length === 0) return [];
  return constraintNames.flatMap((name) => {
    const prop = propertyOf(node, name);
    const constraint = prop === null ? null : toConstraint(name, prop, out);
    return constraint === null ? [] : [constraint];
  });
}

function toConstraint(name: ConstraintName, prop: Property, out: Out): Constraint | null {
  const { value, span } = prop;
  const what = `\`${name}\``;
  switch (name) {
    case "pattern":
    case "accept":
      if (value.value.kind === "string") return { name, value: value.value.text, span };
      reportValue(value, what, "text", out);
      return null;
    case "min":
    case "max":
    case "multiple-of": {
      if (value.value.kind !== "number") reportValue(value, what, "a number", out);
      const number = toNumber(value, out);
      return number === null ? null : { name, value: number, span };
    }
    case "max-bytes": {
      const range = { min: 1, max: Number.MAX_SAFE_INTEGER, words: "a whole number from 1 on" };
      const number = toInteger(value, what, range, out);
      return number === null ? null : { name, value: number, span };
    }
    case "min-length":
    case "max-length":
    case "min-items":
    case "max-items": {
      const range = { min: 0, max: Number.MAX_SAFE_INTEGER, words: "a whole number from 0 on" };
      const number = toInteger(value, what, range, out);
      return number === null ? null : { name, value: number, span };
    }
  }
}
