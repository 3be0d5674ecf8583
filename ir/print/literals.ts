/** Strings and numbers as the canonical form has them (language.md section 3). */
import { assertNever } from "../assert-never.js";
import type { Literal } from "../model/canonical.js";

/**
 * Always in quotes. Exactly backslash, quote, LF, CR and tab are escaped, all else stands as it is, but for
 * characters that KDL forbids in any text: nobody could read the text with them.
 */
export function quote(text: string): string {
  return `"${text.replace(escaped, escape)}"`;
}

const escaped =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /["\\\x00-\x0a\x0d-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function escape(character: string): string {
  return escapes.get(character) ?? `\\u{${character.charCodeAt(0).toString(16)}}`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** A literal that the canonical form has a word for. */
export function printLiteral(literal: Exclude<Literal, { readonly kind: "null" }>): string {
  switch (literal.kind) {
    case "integer":
      return String(literal.value);
    case "number":
      return printNumber(literal.value);
    case "boolean":
      return literal.value ? "#true" : "#false";
    case "string":
      return quote(literal.value);
    default:
      return assertNever(literal);
  }
}

/**
 * The shortest digits that read back as the same number, always with a point or an exponent; an exponent
 * below 1e-4 and from 1e16 on, signed and of two digits at least: `1.0`, `1e-05`, `1e+16`, `-0.0`.
 */
export function printNumber(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [mantissa = "0", power = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const head = digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${head}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || "0"}`;
}

/** A number that is an integer where it can be: for constraints, where the two mean the same. */
export function printAmount(value: number): string {
  return Number.isSafeInteger(value) ? String(value + 0) : printNumber(value);
}
