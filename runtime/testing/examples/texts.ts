/**
 * Texts within lengths, formats and patterns, as candidates: the first is what people like to read, later ones are
 * what stricter limits leave. Whether one fits is asked of the server's own checks.
 */
import type { TextFormat } from "../../wire/formats.js";
import type { Shape } from "../../server/definition.js";
import { matchesOf } from "./patterns.js";

type Text = Extract<Shape, { kind: "string" | TextFormat }>;

const DAY_MS = 86_400_000;
const NEW_YEAR = Date.UTC(2024, 0, 1, 9);

export function* textsFor(shape: Text, ordinal: number, label: string): Generator<string> {
  const { minLength = 0, maxLength = Infinity, pattern } = shape;
  const word = /^[a-z\d_ -]+$/i.test(label) ? label.replace(/[_-]+/g, " ").trim() : "text";
  yield* formatted(shape.kind, ordinal, word, minLength, maxLength);
  if (pattern === undefined) return;
  for (const match of matchesOf(pattern, ordinal, minLength)) {
    yield match;
    yield match + filled(word, minLength - match.length, maxLength);
  }
}

function* formatted(
  kind: Text["kind"],
  ordinal: number,
  word: string,
  least: number,
  most: number,
): Generator<string> {
  const slug = word.replace(/\W+/g, "-").toLowerCase() || "text";
  const date = new Date(NEW_YEAR + (ordinal % 36_500) * DAY_MS).toISOString();
  switch (kind) {
    case "string":
      yield fitted(`${word} ${ordinal}`, least, most);
      return;
    case "datetime":
      yield withFraction(date.slice(0, 19), "Z", least);
      return;
    case "date":
      yield date.slice(0, 10);
      return;
    case "time":
      yield withFraction(`09:${String(ordinal % 60).padStart(2, "0")}:00`, "", least);
      return;
    case "uuid":
      yield `00000000-0000-4000-8000-${ordinal.toString(16).padStart(12, "0")}`;
      return;
    case "decimal":
      yield `${ordinal}.50`.padEnd(least, "0");
      yield String(ordinal).slice(-most);
      return;
    case "bytes": {
      const size = Math.max(1, Math.ceil(least / 4)) * 3;
      yield* [`${word} ${ordinal}`, filled(`${slug}${ordinal}`, size, size)].map((text) =>
        btoa(text),
      );
      yield "";
      return;
    }
    case "email":
      for (const domain of ["example.com", "b.co"]) {
        const room = most - domain.length - 1;
        const local = `${slug.replace(/-/g, ".")}${ordinal}`;
        yield `${fitted(local, least - domain.length - 1, room, "x") || "a"}@${domain}`;
      }
      return;
    case "url":
      yield `https://example.com/${slug}/${ordinal}`.padEnd(least, "x");
      yield "https://b.co".padEnd(least, "/x");
      yield "a:b".padEnd(least, "x");
      return;
  }
}

/** The text itself, or what is left of it: the number at its end, as that tells it from others. */
const fitted = (text: string, least: number, most: number, filling = ` ${text}`): string => {
  if (text.length <= most) return text + filled(filling, least - text.length, most - text.length);
  return most > 0 ? text.slice(-most).trimStart().padStart(most, "x") : "";
};

/** Repeated to a length. */
const filled = (text: string, length: number, most: number): string =>
  length <= 0 ? "" : text.repeat(Math.ceil(length / text.length)).slice(0, Math.min(length, most));

/** Seconds may have any number of decimals, so a text of any length can be made. */
function withFraction(text: string, end: string, least: number): string {
  const missing = least - text.length - end.length;
  return missing > 0 ? `${text}.${"0".repeat(Math.max(missing - 1, 1))}${end}` : text + end;
}
