/** Numbers, literals and words: the values that nodes and properties have. */
import { report } from "../diagnostics/catalogue.js";
import type { Literal } from "../model/canonical.js";
import type { Value } from "../model/syntax.js";
import { reportValue, type Out } from "./nodes.js";

/** A default as written. Null, reported, where a number is beyond what can be carried exactly. */
export function toLiteral(value: Value, out: Out): Literal | null {
  const scalar = value.value;
  switch (scalar.kind) {
    case "string":
      return { kind: "string", value: scalar.text };
    case "boolean":
      return { kind: "boolean", value: scalar.value };
    case "null":
      return { kind: "null" };
    case "number": {
      const number = toNumber(value, out);
      if (number === null) return null;
      return { kind: scalar.integral ? "integer" : "number", value: number };
    }
  }
}

/** The number of a value; null for anything else, which is not reported, or one out of range, which is. */
export function toNumber(value: Value, out: Out): number | null {
  if (value.value.kind !== "number") return null;
  const { value: number, integral, image } = value.value;
  if (integral ? Number.isSafeInteger(number) : Number.isFinite(number)) {
    // An integer has no negative zero.
    return integral ? number + 0 : number;
  }
  out.push(
    report(
      "MZ3005",
      { span: value.span, text: "out of range" },
      { image },
      {
        help: integral
          ? "integers lie within ±9007199254740991; for more digits use `string` or `decimal`"
          : "numbers are finite",
      },
    ),
  );
  return null;
}

/** An integer within limits. Null, reported, for anything else. */
export function toInteger(
  value: Value,
  what: string,
  range: { readonly min: number; readonly max: number; readonly words: string },
  out: Out,
): number | null {
  if (value.value.kind !== "number") {
    const digits = value.value.kind === "string" && /^\d{1,9}$/.test(value.value.text);
    reportValue(value, what, range.words, out, digits ? `write \`${value.value.text}\`` : null);
    return null;
  }
  const number = toNumber(value, out);
  if (number === null) return null;
  if (Number.isInteger(number) && number >= range.min && number <= range.max) return number;
  reportValue(value, what, range.words, out);
  return null;
}

/** A boolean. Null, reported, for anything else. */
export function toBoolean(value: Value, what: string, out: Out): boolean | null {
  if (value.value.kind === "boolean") return value.value.value;
  reportValue(value, what, "`#true` or `#false`", out);
  return null;
}
