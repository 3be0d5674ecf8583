/** Codecs of numbers, booleans, texts and enums. */
import { formats, type TextFormat } from "../../wire/formats.js";
import type { Shape } from "../definition.js";
import { scalar, type Codec } from "./codec.js";
import { counted, type Issues } from "./issues.js";

type NumericShape = Extract<Shape, { kind: "integer" | "number" }>;
type TextShape = Extract<Shape, { kind: "string" | TextFormat }>;

const INTEGER_TEXT = /^-?\d+$/;
const NUMBER_TEXT = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export function numericCodec(shape: NumericShape): Codec {
  const { kind, min, max, multipleOf } = shape;
  const whole = kind === "integer";
  const expected = whole ? "Expected an integer" : "Expected a number";
  const limited = min !== undefined || max !== undefined || multipleOf !== undefined;

  const check = (value: unknown, issues: Issues): unknown => {
    if (whole ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return issues.add(expected);
    if (limited && typeof value === "number") {
      if (min !== undefined && value < min) issues.add(`Must be at least ${min}`);
      if (max !== undefined && value > max) issues.add(`Must be at most ${max}`);
      if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
        issues.add(`Must be a multiple of ${multipleOf}`);
      }
    }
    return value;
  };
  const text = whole ? INTEGER_TEXT : NUMBER_TEXT;
  return scalar(check, (given, issues) =>
    // Adding zero turns the -0 of the text "-0" into 0.
    text.test(given) ? check(Number(given) + 0, issues) : issues.add(expected),
  );
}

/** Decimal steps are counted in whole units of their last digit, as 0.3 % 0.1 is not 0. */
function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  const nearest = Math.round(ratio);
  // Both numbers and their quotient were rounded; four steps of precision cover the worst of it, as in zod.
  return Math.abs(ratio - nearest) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}

export function booleanCodec(): Codec {
  const expected = "Expected true or false";
  return scalar(
    (value, issues) => (typeof value === "boolean" ? value : issues.add(expected)),
    (text, issues) => {
      if (text === "true" || text === "1") return true;
      if (text === "false" || text === "0") return false;
      return issues.add(expected);
    },
  );
}

export function enumCodec(values: readonly string[]): Codec {
  const known = new Set<unknown>(values);
  const expected = `Expected one of ${values.join(", ")}`;
  const check = (value: unknown, issues: Issues): unknown =>
    known.has(value) ? value : issues.add(expected);
  return scalar(check, check);
}

export const HALF_A_CHARACTER = "Contains half of a character (a lone surrogate)";
export const HALF_A_KEY = "The key contains half of a character (a lone surrogate)";

/** Whether it holds no half of a character, which no UTF-8 can carry. */
export const isWellFormed = (text: string): boolean => text.isWellFormed();

/**
 * The longest text that is held against a pattern which says no length itself. A pattern may take time that grows
 * with the square of the text, which is minutes for a megabyte, and nothing else is served meanwhile.
 */
const LONGEST_MATCHED = 10_000;

export function textCodec(shape: TextShape): Codec {
  const { kind, minLength, maxLength } = shape;
  const format = kind === "string" ? null : formats[kind];
  const pattern = shape.pattern === undefined ? null : new RegExp(shape.pattern, "u");

  const longest = maxLength ?? (pattern === null ? undefined : LONGEST_MATCHED);

  const checkUpTo = (most: number | undefined, value: unknown, issues: Issues): unknown => {
    if (typeof value !== "string") return issues.add(format?.expected ?? "Expected a string");
    if (format !== null && !format.accepts(value)) return issues.add(format.expected);
    if (!isWellFormed(value)) return issues.add(HALF_A_CHARACTER);
    if (minLength !== undefined && value.length < minLength) {
      issues.add(`Must have at least ${counted(minLength, "character")}`);
    }
    // What is too long is not held against the pattern, too.
    if (most !== undefined && value.length > most) {
      issues.add(`Must have at most ${counted(most, "character")}`);
    } else if (pattern !== null && !pattern.test(value)) issues.add(`Must match ${pattern.source}`);
    return value;
  };

  const check = (value: unknown, issues: Issues): unknown => checkUpTo(longest, value, issues);
  // What a handler answers is nobody's attack.
  const checkOwn = (value: unknown, issues: Issues): unknown => checkUpTo(maxLength, value, issues);

  switch (kind) {
    case "uuid": {
      const lower = (value: unknown, issues: Issues): unknown => {
        const checked = check(value, issues);
        return typeof checked === "string" ? checked.toLowerCase() : checked;
      };
      return scalar(lower, lower);
    }
    case "datetime":
      return scalar(check, check, (value, issues) =>
        checkOwn(value instanceof Date ? isoText(value) : value, issues),
      );
    case "bytes":
      return scalar(check, check, (value, issues) =>
        checkOwn(value instanceof Uint8Array ? base64(value) : value, issues),
      );
    default:
      return scalar(check, check, checkOwn);
  }
}

/** An invalid date stays one, for `check` to refuse. */
const isoText = (date: Date): unknown => (Number.isNaN(date.getTime()) ? null : date.toISOString());

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
