/** KDL's keywords without their `#`. */
import type * as syntax from "../model/syntax.js";

/** Identifiers that KDL reserves, so that nobody takes them for the keywords. */
export const reservedWords: ReadonlySet<string> = new Set([
  "true",
  "false",
  "null",
  "inf",
  "-inf",
  "nan",
]);

/** What a keyword means, given as `true` for `#true`. */
export function keywordValue(word: string): syntax.Scalar {
  switch (word) {
    case "true":
    case "false":
      return { kind: "boolean", value: word === "true" };
    case "null":
      return { kind: "null" };
    default: {
      const value = word === "nan" ? NaN : word === "inf" ? Infinity : -Infinity;
      return { kind: "number", value, image: `#${word}`, integral: false };
    }
  }
}
