/**
 * The text formats are defined twice: for values by the runtime, and for the defaults of a contract by the
 * compiler, which imports nothing of the runtime. A default that the server would refuse from a client is a
 * fault of the contract, so both must say the same of every text.
 */
import type { Format } from "../../ir/model/canonical.js";
import { fitsFormat } from "../../ir/validate/formats.js";
import { formats } from "../../runtime/wire/formats.js";
import { errors } from "../support/compile-text.js";
import { createChance, type Chance } from "../support/random.js";

type Examples = { readonly good: readonly string[]; readonly bad: readonly string[] };

const examples: Readonly<Record<Format, Examples>> = {
  datetime: {
    good: ["2024-01-02T03:04:05Z", "2024-02-29T23:59:59.999+05:30", "0000-02-29T00:00:00-23:59"],
    bad: [
      "2024-01-02T03:04:05",
      "2024-01-02 03:04:05Z",
      "2023-02-29T00:00:00Z",
      "2024-01-02T24:00:00Z",
    ],
  },
  date: {
    good: ["2024-02-29", "1999-12-31", "2000-02-29"],
    bad: [
      "2023-02-29",
      "1900-02-29",
      "2024-04-31",
      "2024-13-01",
      "2024-00-10",
      "24-01-02",
      "2024-1-2",
    ],
  },
  time: {
    good: ["03:04:05", "23:59:59", "00:00:00.000001"],
    bad: ["24:00:00", "03:04", "3:04:05", "03:04:05.", "03:04:60", "03:04:05Z"],
  },
  uuid: {
    good: ["123e4567-e89b-42d3-a456-426614174000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
    bad: ["123e4567e89b42d3a456426614174000", "123e4567-e89b-42d3-a456-42661417400g", ""],
  },
  decimal: {
    good: ["12.50", "-0.10", "0", "007", `${"9".repeat(40)}.1`],
    bad: ["1.", ".5", "+1", "1e5", "1,5", "--1", "NaN", "", "١"],
  },
  bytes: {
    good: ["aGk=", "", "AAAA", "+/==", "aGl="],
    bad: ["aGk", "aG=k", "a===", "aGk=\n", "_-==", "aGk =", "===="],
  },
  email: {
    good: ["ada@example.org", "a.b+c@d-e.example.museum", "O'Neil@x.io", "_@a.bc"],
    bad: [
      "ada@localhost",
      "a..b@c.de",
      ".a@b.cd",
      "a.@b.cd",
      "a'@b.cd",
      "a@-b.cd",
      "a@b.c",
      "a b@c.de",
      "ä@b.cd",
      "a@b.c1",
    ],
  },
  url: {
    good: [
      "https://example.org/",
      "mailto:ada@example.org",
      "HTTP://a",
      "https://ä.example/ü?q=a b",
    ],
    bad: [
      "example.org",
      "/path",
      "https://",
      " https://a",
      "https://a\n",
      "https://a\tb",
      "http://a:99999",
      "x:y\u0000",
    ],
  },
};

const kinds: readonly Format[] = [
  "datetime",
  "date",
  "time",
  "uuid",
  "decimal",
  "bytes",
  "email",
  "url",
];

describe.each(kinds)("%s", (format) => {
  const { good, bad } = examples[format];

  test.each(good)("takes %j", (text) => {
    expect([fitsFormat(text, format), formats[format].accepts(text)]).toEqual([true, true]);
  });

  test.each(bad)("refuses %j", (text) => {
    expect([fitsFormat(text, format), formats[format].accepts(text)]).toEqual([false, false]);
  });

  test("is the same to both for texts nearby", () => {
    const chance = createChance(format.length * 31 + format.charCodeAt(0));
    const known = [...good, ...bad];
    const differing: string[] = [];
    let accepted = 0;
    for (let round = 0; round < 4000; round++) {
      const text = vary(chance.pick(known), known, chance);
      const fits = fitsFormat(text, format);
      if (fits) accepted++;
      if (fits !== formats[format].accepts(text)) differing.push(text);
    }
    expect(differing).toEqual([]);
    // Otherwise the texts are too far away to say anything.
    expect(accepted).toBeGreaterThan(100);
  });
});

const signs = [
  ..."0129afzAFZ+-=/.:@'_% TZe\n\t\u0000\u00a0\u2028ä",
  "😀",
  "\ud800",
  "29",
  "00",
  "://",
];

/** A text with a few signs more, fewer or other, or with the end of another one. */
function vary(text: string, others: readonly string[], chance: Chance): string {
  let result = text;
  for (let change = chance.int(3); change >= 0; change--) {
    const at = chance.int(result.length + 1);
    const rest = result.slice(at);
    switch (chance.int(4)) {
      case 0:
        result = result.slice(0, at) + chance.pick(signs) + rest;
        break;
      case 1:
        result = result.slice(0, at) + rest.slice(1);
        break;
      case 2:
        result = result.slice(0, at) + chance.pick(signs) + rest.slice(1);
        break;
      default:
        result = result.slice(0, at) + chance.pick(others).slice(at);
    }
  }
  return result;
}

test("a URL stays one however many were looked at before", () => {
  // `URL.canParse` of Node 20 answers wrongly for letters beyond ASCII once V8 has optimized its caller.
  const looksAt = [formats.url.accepts, (text: string) => fitsFormat(text, "url")];
  for (const accepts of looksAt) {
    for (let count = 0; count < 200_000; count += 1) accepts(`https://example.org/${count % 7}`);
    expect(accepts("https://bücher.example/é")).toBe(true);
    expect(accepts("https://")).toBe(false);
  }
});

test("what the server would refuse is no default", () => {
  const withDefault = (type: string, text: string): string =>
    `type A { a ${type} default=${JSON.stringify(text)} }\nfunction f -> A`;
  expect(errors(withDefault("email", "ada@example"))).toEqual([
    'MZ3056 "\\"ada@example\\"": write it like `ada@example.org`',
  ]);
  expect(errors(withDefault("url", "https://"))).toEqual([
    'MZ3056 "\\"https://\\"": write it like `https://example.org/`',
  ]);
  expect(errors(withDefault("bytes", "aGk"))).toEqual(['MZ3056 "\\"aGk\\"": write it like `aGk=`']);
  expect(errors(withDefault("email", "ada@example.org"))).toEqual([]);
});
