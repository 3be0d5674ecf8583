/** The one order in which keys of a map are sent, so that the same data is the same bytes. */
import { compareCodePoints } from "../../wire/words.js";
import type { Plain } from "./own.js";

/** `<` compares UTF-16 units, which is the order of code points but for these. */
const SURROGATE = /[\ud800-\udfff]/;

/** Every object has keys like these first, by their size, whatever was set when. */
const isIndex = (key: string): boolean => String(Number(key) >>> 0) === key && key !== "4294967295";

/**
 * Own keys: those that look like indexes by size, the others by code point. Mostly a map has them so already, and
 * then nothing is sorted.
 */
export function orderedKeys(value: Plain): readonly string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at++) {
    const before = keys[at - 1] ?? "";
    const key = keys[at] ?? "";
    if ((before < key && !SURROGATE.test(before)) || isIndex(before)) continue;
    return keys.sort(compareCodePoints);
  }
  return keys;
}
