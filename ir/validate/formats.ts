/**
 * Whether a literal of the contract is a value of a string format (protocol.md section 6), so that a default
 * which no client could send is refused where it is written. What a client sends is checked by the runtime.
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
      return /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text);
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
    case "url":
      return /^[a-z][a-z\d+.-]*:[^\s]+$/i.test(text);
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
