/**
 * Whether a literal of the contract is a value of a string format (protocol.md, "Values"), so that a default
 * which the server would refuse from a client is refused where it is written.
 *
 * The runtime has its own definition, which the compiler must not import. A test holds that the two agree
 * (`spec/conformance/formats.test.ts`).
 */
import { assertNever } from "../assert-never.js";
import type { Format } from "../model/canonical.js";

export function fitsFormat(text: string, format: Format): boolean {
  switch (format) {
    case "datetime": {
      const [date = "", time = ""] = text.split(/T(.*)/s);
      const offset = /(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.exec(time);
      return offset !== null && isDate(date) && isTime(time.slice(0, offset.index));
    }
    case "date":
      return isDate(text);
    case "time":
      return isTime(text);
    case "uuid":
      return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
    case "decimal":
      return /^-?\d+(?:\.\d+)?$/.test(text);
    case "bytes":
      return text.length % 4 === 0 && /^[\da-zA-Z+/]*={0,2}$/.test(text);
    case "email":
      return emailAddress.test(text);
    case "url":
      return isUrl(text);
    default:
      return assertNever(format);
  }
}

/** An example of each format, for help texts. */
export const formatExamples: Readonly<Record<Format, string>> = {
  datetime: "2024-01-02T03:04:05Z",
  date: "2024-01-02",
  time: "03:04:05",
  uuid: "123e4567-e89b-42d3-a456-426614174000",
  decimal: "12.50",
  bytes: "aGk=",
  email: "ada@example.org",
  url: "https://example.org/",
};

/** Dots part words that do not end in an apostrophe; the domain has two labels and ends in letters. */
const emailAddress = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z\d][A-Za-z\d-]*\.)+[A-Za-z]{2,}$/;

/** Without what URL parsers drop unasked: white space around it, and line breaks and tabs anywhere. */
function isUrl(text: string): boolean {
  const isControl = (character: string): boolean => character < " " || character === "\x7f";
  return text.trim() === text && ![...text].some(isControl) && isAbsolute(text);
}

/** Not `URL.canParse`: that of Node 20 refuses letters beyond ASCII once V8 has optimized its caller. */
function isAbsolute(text: string): boolean {
  try {
    return new URL(text).href !== "";
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?$/.test(text);
}
