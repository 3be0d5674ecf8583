/** Query strings, as forms write them: pairs in order, `+` for a space, UTF-8 in percent signs. */
import type { Texts } from "../values/struct.js";

/** The texts of each name in written order; null when the query is not UTF-8. */
export function parseQuery(query: string): Texts | null {
  const texts = new Map<string, string[]>();
  if (query === "") return texts;
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
    if (name === null || value === null) return null;
    const known = texts.get(name);
    if (known) known.push(value);
    else texts.set(name, [value]);
  }
  return texts;
}

function decode(text: string): string | null {
  return decodePercent(text.includes("+") ? text.replaceAll("+", " ") : text);
}

/** Something that does not stand for itself: an escape, or a byte of UTF-8. */
const ENCODED = /[%\u0080-\u00ff]/;

/** A percent sign that begins no escape stands for itself; null when the bytes are not UTF-8. */
export function decodePercent(text: string): string | null {
  if (!ENCODED.test(text)) return text;
  // Bytes above 0x7F arrive as one character each.
  const escaped = text
    .replace(/%(?![0-9a-fA-F]{2})/g, "%25")
    .replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
}
