/**
 * The text formats of the language. The server's codecs and the schemas that generated code exports both ask
 * here, so that they cannot disagree, and in a browser nothing of a server is carried. Where zod 4 has the same format, this is what it accepts.
 */
import { parseUrl } from "./url.js";

export type TextFormat =
  "datetime" | "date" | "time" | "uuid" | "decimal" | "bytes" | "email" | "url";

const YEAR_MONTH_DAY =
  "(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|" +
  "\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])))";
const TIME_OF_DAY = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?";

type Format = { readonly expected: string; readonly accepts: (text: string) => boolean };

const matching = (expected: string, pattern: RegExp): Format => ({
  expected,
  accepts: (text) => pattern.test(text),
});

export const formats: { readonly [Name in TextFormat]: Format } = {
  datetime: matching(
    "Expected a date and time with an offset, such as 2024-01-02T03:04:05Z",
    new RegExp(`^${YEAR_MONTH_DAY}T${TIME_OF_DAY}(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$`),
  ),
  date: matching("Expected a date, such as 2024-01-02", new RegExp(`^${YEAR_MONTH_DAY}$`)),
  time: matching("Expected a time, such as 03:04:05", new RegExp(`^${TIME_OF_DAY}$`)),
  uuid: matching(
    "Expected a UUID",
    /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
  ),
  decimal: matching("Expected a decimal number as text, such as 1.50", /^-?\d+(?:\.\d+)?$/),
  bytes: { expected: "Expected padded base64", accepts: isBase64 },
  email: matching(
    "Expected an e-mail address",
    /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/,
  ),
  url: { expected: "Expected a URL", accepts: isUrl },
};

/** Counted, not matched in groups of four: that overflows the regular expression's stack on megabytes. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[0-9a-zA-Z+/]*={0,2}$/.test(text);
}

/** Without what URL parsers drop unasked: white space around it, and line breaks and tabs anywhere. */
function isUrl(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- Control characters are what this looks for.
  return text.trim() === text && !/[\u0000-\u001f\u007f]/.test(text) && parseUrl(text) !== null;
}
