/** How values are written where only text can stand: in the invalidation header and in cache keys. */
import { isObject } from "./json.js";

/** By Unicode code point, as all order on the wire; `<` compares UTF-16 units. */
export function compareCodePoints(left: string, right: string): number {
  const a = left[Symbol.iterator]();
  const b = right[Symbol.iterator]();
  for (;;) {
    const next = a.next();
    const other = b.next();
    if (next.done === true) return other.done === true ? 0 : -1;
    if (other.done === true) return 1;
    const difference = (next.value.codePointAt(0) ?? 0) - (other.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
}

/** Strings as they are, `true false null`, numbers as JavaScript prints them, all else as sorted JSON. */
export function toWord(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null) return toSortedJson(value);
  return String(value);
}

/** JSON with the keys of every object sorted, so that equal values have equal text. */
function toSortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toSortedJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const members = Object.keys(value)
    .sort(compareCodePoints)
    .map((key) => `${JSON.stringify(key)}:${toSortedJson(value[key])}`);
  return `{${members.join(",")}}`;
}

/** Percent-encoded UTF-8; only `A-Za-z0-9-_.~` stay. */
export const encodeWord = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
